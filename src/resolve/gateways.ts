import { originOf } from '../model/intent.ts';
import type { Pointer } from '../model/pointer.ts';
import type { ResolveContext } from './context.ts';
import type { GatewayTarget } from './gateway-target.ts';
import { knownGateway } from './reference-diagnostics.ts';
import type { Target } from './service.ts';

/** The gateway that an intent names at `pointer`, with a finding where there is none. */
export function namedGateway(context: ResolveContext, from: Target, name: string, pointer: Pointer): GatewayTarget | undefined {
  const intent = context.index.find('gateway', name, from.namespace);
  if (intent !== undefined) return context.gateway(intent);
  const known = context.index.names('gateway');
  const hints = context.index.hints('gateway', name);
  context.report(knownGateway, { params: { name, known }, at: originOf(from.intent, pointer).at, hints });
  return undefined;
}
