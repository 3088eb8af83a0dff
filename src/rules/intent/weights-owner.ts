import type { WeightsOwner } from '../../model/words.ts';

/** As findings call who owns weights. */
export const controllerNames: Readonly<Record<Exclude<WeightsOwner, 'git'>, string>> = {
  'argo-rollouts': 'Argo Rollouts',
  flagger: 'Flagger',
};
