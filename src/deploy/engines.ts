import { invariant } from '../model/result.ts';
import { argocd } from './argocd.ts';
import type { Engine } from './engine.ts';
import { flux } from './flux.ts';

/** Every engine that objects are written for. */
export const engines: readonly Engine[] = [argocd, flux];

export function engineNamed(name: string): Engine {
  const engine = engines.find((one) => one.name === name);
  invariant(engine !== undefined, `there is no engine ${name}`);
  return engine;
}
