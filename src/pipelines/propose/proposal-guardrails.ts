/** The page of what guardrails say to a change that a person proposes. */
import { applyNext, type IsCarried } from '../../load/apply-next.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import { intentTitle } from '../../model/intent.ts';
import { sameJson } from '../../model/json.ts';
import type { RolloutBlock } from '../../model/rollout.ts';
import type { EnvironmentSides } from '../../propose/changed-inputs.ts';
import { proposalBlocks } from '../../rollout/proposal-blocks.ts';
import { isBegun, rolloutsOf } from '../rollouts/rollouts.ts';
import type { Proposing } from './proposal-request.ts';

/** What guardrails have against a person's change, each environment's own as the base branch has them. */
export function guardrailBlocks(
  { now }: Proposing,
  sides: readonly EnvironmentSides[],
  isCarried: IsCarried,
): { readonly blocks?: readonly RolloutBlock[] } {
  if (now === undefined) return {};
  const blocks = sides.flatMap(({ before, after }) => {
    if (before === undefined || after === undefined) return [];
    const old = new Map(before.intents.map((intent) => [intentTitle(intent), intent.value]));
    const changed = applyNext(after, isCarried).intents.flatMap((intent) => {
      const was = old.get(intentTitle(intent));
      return was === undefined || sameJson(was, intent.value) ? [] : [{ service: intent.name, before: was, after: intent.value }];
    });
    return proposalBlocks(guardrailsOf(before.environment), changed, rolloutsOf(before).filter(({ state }) => isBegun(state)).length, now);
  });
  const isGuarded = sides.some(({ before }) => before?.environment.value.guardrails !== undefined);
  return isGuarded ? { blocks } : {};
}
