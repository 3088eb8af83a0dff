import { argocd } from './argocd.ts';
import type { Engine } from './engine.ts';
import { flux } from './flux.ts';

/** Every engine that objects are written for. */
export const engines: readonly Engine[] = [argocd, flux];
