import type { Environment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { gatewayWords } from '../model/words.ts';
import type { DeclaredGateway } from './known-gateways.ts';

/** Gateways that intents say are there already (`external: true`): someone else owns the objects. */
export function declaredGateways(environment: Environment, intents: readonly Intent[]): readonly DeclaredGateway[] {
  return intents.flatMap(declaredIn(environment));
}

const declaredIn = rememberedFor((environment: Environment) =>
  rememberedFor((intent: Intent): readonly DeclaredGateway[] => {
    if (intent.kind !== 'gateway') return [];
    const { external, names, namespace = environment.namespace ?? 'default', selector, servers } = gatewayWords(intent);
    if (external !== true) return [];
    const slash = intent.name.indexOf('/');
    const home = slash < 0 ? namespace : intent.name.slice(0, slash);
    const id = `${home}/${names?.Gateway ?? intent.name.slice(slash + 1)}`;
    return [{ id, namespace: home, ...(selector === undefined ? {} : { selector }), ...(servers === undefined ? {} : { servers }) }];
  }),
);
