import type { RolloutBlock } from '../../../model/rollout.ts';
import { type EditedIntents, editsOfMove, editsOfState } from '../../../pipelines/rollouts/rollout-moves.ts';
import { situationOf } from '../../../pipelines/rollouts/rollout-situation.ts';
import { finishBlocks, isActive, isBegun, rollbackOf } from '../../../pipelines/rollouts/rollouts.ts';
import type { RolloutEditFlags, RolloutHoldFlags } from '../../arguments/rollout/edit.ts';
import type { CliContext } from '../../cli-context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { type LocalRollout, withLocalRollout } from '../../rollout/local-rollout.ts';
import { refuseBlocked } from '../../rollout/refuse-blocked.ts';
import { refuseRider } from '../../rollout/refuse-rider.ts';
import { writeIntents } from '../../rollout/write-intents.ts';
import { usageError } from '../../usage-error.ts';

type Asked<Flags> = readonly [local: LocalRollout, flags: Flags, context: CliContext];
type Edit<Flags> = (...asked: Asked<Flags>) => EditedIntents;

const options = { stickyId: (service: string, version: string) => `${service}-${version}` };

export const rolloutHold = editing<RolloutHoldFlags>(({ workspace, read, entry }, { reason }) =>
  editsOfState(workspace.tree, read.loaded, entry, { hold: reason ?? true }, options),
);

export const rolloutResume = editing(
  ({ workspace, read, entry }) => editsOfState(workspace.tree, read.loaded, entry, { hold: undefined }, options),
  { unchanged: (subject) => `${subject} is not held` },
);

export const rolloutAbort = editing(
  ({ workspace: { tree }, read, entry }) => {
    const move = isBegun(entry.state) ? rollbackOf(entry.state, 'aborted', 'once') : undefined;
    if (move === undefined) return editsOfState(tree, read.loaded, entry, { queued: undefined }, options);
    refuseRider(read.loaded, entry, (train) => `abort ${train}`);
    return editsOfMove(tree, read.loaded, entry, move, { ...options, forgetsQueue: true });
  },
  { unchanged: (subject) => `nothing of ${subject} is on its way or waits for its turn` },
);

export const rolloutFinish = editing(
  ({ workspace, read, entry }) =>
    editsOfMove(workspace.tree, read.loaded, entry, { kind: 'finish', reason: 'a person asked for it' }, options),
  {
    blocksOf: ({ read, entry }, flags, context) => {
      if (!isActive(entry.state)) throw usageError(`${entry.state.subject} is not on its way`);
      return finishBlocks(situationOf(read.loaded, entry, read.entries, { now: flags.now ?? context.now() }));
    },
  },
);

interface EditTerms<Flags> {
  /** What keeps it from being done now. */
  readonly blocksOf?: (...asked: Asked<Flags>) => readonly RolloutBlock[];
  /** What is said where there is nothing to edit. */
  readonly unchanged?: (subject: string) => string;
}

function editing<Flags extends RolloutEditFlags>(
  edit: Edit<Flags>,
  { blocksOf = () => [], unchanged }: EditTerms<Flags> = {},
): (context: CliContext, flags: Flags, name: string) => Promise<ExitCode> {
  return async (context, flags, name) =>
    await withLocalRollout(context, flags, name, async (local) => {
      const said = unchanged === undefined ? {} : { unchanged: unchanged(local.entry.state.subject) };
      const telling = { state: local.entry.state, format: flags.format, isDry: flags.dryRun === true, ...said };
      const blocked = refuseBlocked(context, telling, blocksOf(local, flags, context));
      return blocked ?? writeIntents(context, local.workspace, edit(local, flags, context), telling);
    });
}
