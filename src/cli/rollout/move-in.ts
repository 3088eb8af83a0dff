import type { RolloutMove } from '../../model/rollout.ts';
import { moveOf, type RolloutSituation } from '../../pipelines/rollouts/rollout-situation.ts';
import { soundInputsOf } from '../../pipelines/rollouts/sound-inputs.ts';
import type { BaseRollouts } from './base-rollouts.ts';
import type { MoveToPropose } from './propose-move.ts';
import { recordedFiles } from './recorded-files.ts';
import type { EnvironmentRollouts } from './rollouts-in.ts';

/** What a move is made from. */
type MadeFrom = Pick<MoveToPropose, 'base' | 'restored' | 'recorded'>;

/** What comes next to a rollout, and what that is made from: where its environment has errors it may only go back, as `rollout rollback` does. */
export function moveIn(
  base: BaseRollouts,
  environment: EnvironmentRollouts,
  situation: RolloutSituation,
): MadeFrom & { readonly move: RolloutMove } {
  const move = moveOf(situation);
  const { errors } = environment;
  if (move.kind !== 'rollback' || errors === undefined) return { base, move };
  const from = wayBackFrom(base, environment, situation.state.subject);
  if (from !== undefined) return { ...from, move };
  const reason = `${move.reason}; it does not go back by itself, because the environment has errors: ${errors}`;
  return { base, move: { kind: 'wait', blocks: [{ kind: 'errors', reason }] } };
}

/** Undefined where its own intents can't be had as they were without what others said. */
function wayBackFrom(base: BaseRollouts, { read, sound }: EnvironmentRollouts, subject: string): MadeFrom | undefined {
  const recorded = () => recordedFiles(base, read.loaded.environment.name, subject);
  if (sound === undefined) return { base, recorded };
  const inputs = soundInputsOf(sound, subject);
  return inputs === undefined ? undefined : { base: { ...base, tree: inputs.tree }, restored: inputs.restored, recorded };
}
