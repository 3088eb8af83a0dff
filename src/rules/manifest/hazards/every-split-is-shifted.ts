import { flowText } from '../../../document/flow-text.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { shiftedWords } from '../../../mesh/rollouts.ts';
import { listWords } from '../../../model/names.ts';
import { defineRule } from '../../rule.ts';
import { nameOf, shiftedByRollouts } from './shifted-by-rollouts.ts';

/**
 * Argo Rollouts moves the weights of the VirtualServices that its Rollout names and of no others (argo-rollouts 1.10,
 * rollout/trafficrouting/istio/istio.go SetWeight). Where no Rollout is shown, nobody can see whether it names all.
 */
export const everySplitIsShifted = defineRule({
  code: 'MS5919',
  name: 'every-split-is-shifted',
  severity: 'warning',
  summary: ({ name, objects }: { name: string; objects: readonly string[] }) =>
    `the weights of ${name} stand in ${objects.length} VirtualServices, and no Rollout shows that all of them move: ${listWords(objects)}`,
  why: 'Argo Rollouts moves only what its Rollout names. Requests that come another way stay with `stable` at every step, and the analysis does not see them.',
  fix: 'Name every one under `virtualServices` of the Rollout, and show it to Mainsheet in a folder of `registry:`, which then checks that; or waive this, with the reason.',
  since: '0.1.0',
  check(mesh: Mesh, report) {
    for (const { service, objects, rollouts } of shiftedByRollouts(mesh)) {
      if (objects.length < 2 || rollouts.length > 0) continue;
      const words = objects.map((object) => shiftedWords(object, service.namespace));
      const hints = [`in the Rollout, instead of \`virtualService\`: \`virtualServices: ${flowText(words)}\``];
      report({ params: { name: service.name, objects: objects.map(nameOf) }, at: service.at, hints });
    }
  },
});
