import { declaredGateways } from '../mesh/declared-gateways.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { intentId } from './intent-id.ts';
import { ownerKey } from './owner-key.ts';

/** Whose Gateways the mesh has: ids of intents by 'namespace/name'. Other systems' Gateways are no intent's. */
export function gatewayIds({ environment, intents }: LoadedEnvironment, mesh: Mesh): ReadonlyMap<string, string> {
  const owners = new Map(intents.map((intent) => [ownerKey(intent), intentId(intent)]));
  const rendered = mesh.gateways.all.flatMap(({ id, object }) => {
    const owner = object === undefined ? undefined : owners.get(ownerKey(object.manifest.owner));
    return owner === undefined ? [] : [[id, owner] as const];
  });
  const external = intents.flatMap((intent) => declaredGateways(environment, [intent]).map(({ id }) => [id, intentId(intent)] as const));
  return new Map([...external, ...rendered]);
}
