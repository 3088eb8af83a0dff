import { exposed } from './exposures-meant.ts';
import { hopOf, meshHttp, meshLines } from './mesh-vantages.ts';
import type { Vantages } from './vantage.ts';
import { type Party, type World, withHost } from './world.ts';

/** Every place that a service or external is reached at: in the mesh on each port, at gateways on each server. */
export function vantagesOf(world: World, party: Party): Vantages {
  const parties = party.hosts.map((host) => withHost(party, host));
  const hop = hopOf(world, party);
  const mesh = parties.flatMap((one) => meshHttp(world, one, hop));
  const lines = parties.flatMap((one) => meshLines(one, hop));
  const doors = exposed(world, party);
  return { http: [...mesh, ...doors.http], lines: [...lines, ...doors.lines] };
}
