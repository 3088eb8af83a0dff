import type { LoadedEnvironment } from './environment.ts';
import type { Intent } from './intent.ts';
import { listOr, objectOr } from './json.ts';
import type { Train } from './rollout.ts';
import { rolloutPlanOf } from './rollout-plan.ts';

/** The trains of an environment, in the order written. */
export function trainsOf(loaded: LoadedEnvironment): readonly Train[] {
  return loaded.intents.filter(({ kind }) => kind === 'train').map((intent) => trainOf(loaded, intent));
}

/** One train; whom `order` leaves out comes last, in the order of `services`, and without it providers go before consumers. */
export function trainOf(loaded: Pick<LoadedEnvironment, 'environment' | 'intents'>, intent: Intent): Train {
  const services: Record<string, string> = {};
  for (const [service, version] of Object.entries(objectOr(intent.value.services)))
    if (typeof version === 'string') services[service] = version;
  const names = Object.keys(services);
  const written = listOr(intent.value.order).flatMap((item) => names.find((name) => name === item) ?? []);
  const order = written.length > 0 ? [...new Set([...written, ...names])] : providersFirst(names, dependenciesOf(loaded.intents));
  const plan = rolloutPlanOf(loaded, intent);
  return { name: intent.name, services, order, ...(plan === undefined ? {} : { plan }) };
}

/** What each service says it calls, by the service's name and by 'namespace/name'. */
function dependenciesOf(intents: readonly Intent[]): ReadonlyMap<string, readonly string[]> {
  const calls = new Map<string, readonly string[]>();
  for (const { kind, name, namespace, value } of intents) {
    if (kind !== 'service') continue;
    const names = listOr(value.dependsOn).map(String);
    calls.set(name, names);
    if (namespace !== undefined) calls.set(`${namespace}/${name}`, names);
  }
  return calls;
}

/** Depth first through all services, so that each comes behind all that it calls, by whatever way; in a circle, as written. */
function providersFirst(names: readonly string[], calls: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const order: string[] = [];
  const entered = new Set<string>();
  const visit = (name: string): void => {
    if (entered.has(name)) return;
    entered.add(name);
    for (const provider of calls.get(name) ?? []) visit(provider);
    if (names.includes(name)) order.push(name);
  };
  for (const name of names) visit(name);
  return order;
}
