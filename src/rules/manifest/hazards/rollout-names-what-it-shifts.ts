import { flowText } from '../../../document/flow-text.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type Rollout, type ShiftedObject, shiftedWords } from '../../../mesh/rollouts.ts';
import type { ShiftedService } from '../../../mesh/shifted-services.ts';
import { listWords } from '../../../model/names.ts';
import { defineRule } from '../../rule.ts';
import { nameOf, shiftedByRollouts } from './shifted-by-rollouts.ts';

/**
 * A Rollout that the input shows names each VirtualService that carries the weights, and each route in it. Argo Rollouts leaves others alone in
 * silence, and stops at a name that no route has (argo-rollouts 1.10, istio.go ValidateHTTPRoutes). It may leave out the routes of a list that
 * has just one. What it calls stable is the intent's `stable`: it marks the subsets with pods by those names. A warning, for a VirtualService
 * has to be in the cluster before its Rollout may name it.
 */
export const rolloutNamesWhatItShifts = defineRule({
  code: 'MS5920',
  name: 'rollout-names-what-it-shifts',
  severity: 'warning',
  summary: ({ rollout, name, faults }: { rollout: string; name: string; faults: readonly string[] }) =>
    `Rollout ${rollout} does not move the weights of ${name} as it should: it ${listWords(faults)}`,
  why: 'Argo Rollouts moves only what its Rollout names. Requests that come another way stay with `stable` at every step, or the Rollout stops with an error.',
  fix: 'Write the names into the Rollout, once the VirtualServices are in the cluster, and into the copy of it that `registry:` shows.',
  since: '0.1.0',
  check(mesh: Mesh, report) {
    const shifted = shiftedByRollouts(mesh);
    if (shifted.length === 0) return;
    const there = new Set(mesh.shown('VirtualService').map(nameOf));
    for (const { service, objects, rollouts } of shifted) {
      for (const rollout of rollouts) {
        const faults = [
          ...objects.flatMap((object) => {
            const named = rollout.virtualServices.find((one) => nameOf(one) === nameOf(object));
            return named === undefined ? [`does not name VirtualService ${nameOf(object)}`] : faultsIn(object, named);
          }),
          ...rollout.virtualServices
            .filter((one) => !there.has(nameOf(one)))
            .map((one) => `names VirtualService ${nameOf(one)}, which nothing shows`),
          ...stableFaults(rollout, service),
        ];
        if (faults.length === 0) continue;
        const words = objects.map((object) => shiftedWords(object, rollout.namespace));
        const [only, ...others] = words;
        const hint =
          only !== undefined && others.length === 0 ? `virtualService: ${flowText(only)}` : `virtualServices: ${flowText(words)}`;
        report({ params: { rollout: nameOf(rollout), name: service.name, faults }, at: service.at, hints: [`write \`${hint}\``] });
      }
    }
  },
});

/** Where they are swapped, the intent's stable version is what the Rollout tries. */
function stableFaults({ stableSubset }: Rollout, { stable }: ShiftedService): readonly string[] {
  if (stableSubset === undefined || stable === undefined || stableSubset === stable) return [];
  return [`calls the subset \`${stableSubset}\` stable, where the intent says \`${stable}\``];
}

/** What a Rollout says of the routes of one VirtualService, against those that it has to move. */
function faultsIn(meant: ShiftedObject, said: ShiftedObject): readonly string[] {
  const id = nameOf(meant);
  const lists = [
    { what: 'route', meant: meant.routes, said: said.routes },
    { what: 'tls route', meant: meant.tlsRoutes.map(tlsName), said: said.tlsRoutes.map(tlsName) },
    { what: 'tcp route', meant: meant.tcpRoutes.map(tcpName), said: said.tcpRoutes.map(tcpName) },
  ];
  return lists.flatMap((list) => {
    if (list.said.length === 0 && list.meant.length < 2) return [];
    return [
      ...list.meant.filter((name) => !list.said.includes(name)).map((name) => `does not name the ${list.what} \`${name}\` of ${id}`),
      ...list.said
        .filter((name) => !list.meant.includes(name))
        .map((name) => `names a ${list.what} \`${name}\` of ${id}, which has none with its two versions`),
    ];
  });
}

function tlsName({ port, sniHosts }: ShiftedObject['tlsRoutes'][number]): string {
  return `${port} ${[...sniHosts].sort().join(' ')}`;
}

function tcpName({ port }: ShiftedObject['tcpRoutes'][number]): string {
  return String(port);
}
