import type { PromotionStage, RolloutMove } from '../../model/rollout.ts';
import { editsOfMove, editsOfState } from '../../pipelines/rollouts/rollout-moves.ts';
import { decideStart, isBegun } from '../../pipelines/rollouts/rollouts.ts';
import type { CliContext } from '../cli-context.ts';
import type { ExitCode } from '../exit-code.ts';
import { usageError } from '../usage-error.ts';
import { situationNow } from './facts.ts';
import { withLocalRollout } from './local-rollout.ts';
import { sourcesOf } from './measure-gates.ts';
import { refuseBlocked } from './refuse-blocked.ts';
import { refuseShifted } from './refuse-shifted.ts';
import { stickyIdAt } from './sticky-id.ts';
import type { WithBase } from './with-base.ts';
import { type EditTelling, tellUnchanged, writeIntents } from './write-intents.ts';

export interface Beginning {
  readonly name: string;
  readonly environment: string;
  /** Of a service; a train's file says its own. */
  readonly version?: string;
  readonly from?: PromotionStage;
  readonly flags: {
    readonly in?: string;
    readonly queue?: boolean;
    readonly now?: number;
    readonly dryRun?: boolean;
    readonly format: 'text' | 'json';
    readonly root?: string;
  };
}

/** Writes the first step of a version into the work tree, if it may begin now; what may is decided by the base branch. */
export async function beginRollout(context: CliContext, { base, report, refuse }: WithBase, begin: Beginning): Promise<ExitCode> {
  const { name, environment, version, from, flags } = begin;
  const there = await base.read(environment, [name]);
  if (there.value === undefined) return report(there.diagnostics);
  const read = there.value;
  const merged = read.entries.find(({ state }) => state.subject === name);
  const local = { env: environment, ...(flags.root === undefined ? {} : { root: flags.root }) };
  return await withLocalRollout(context, local, name, async ({ workspace, read: here, entry }) => {
    const { state } = entry;
    const [member] = state.members;
    const asked = state.isTrain ? member?.target : version;
    refuseShifted(entry);
    if (member === undefined) throw usageError(`${name} moves no service that is known`);
    if (asked === undefined) throw usageError('which version begins?', ['name it: --version v3']);
    if (state.isTrain && version !== undefined) throw usageError(`${name} is a train: its file says which versions move`);
    const running = member.canary?.version ?? member.coming;
    const telling: EditTelling = { state, format: flags.format, isDry: flags.dryRun === true };
    const options = { stickyId: stickyIdAt(base.commit), ...(flags.in === undefined ? {} : { folder: flags.in }) };
    if (member.stable === asked || running === asked) {
      const where = member.stable === asked ? 'stable' : 'on its way';
      return tellUnchanged(context, telling, `${name} ${asked} is ${where} already`);
    }
    const queue = () => editsOfState(workspace.tree, here.loaded, entry, { queued: asked }, options);
    if (isBegun(state)) {
      if (state.isTrain) throw usageError(`${name} is on its way already`);
      const message = queueWords(name, asked, state.plan.newVersion, running ?? '');
      return writeIntents(context, workspace, queue(), { ...telling, message });
    }
    const sources = sourcesOf(read.loaded, context, flags.now === undefined);
    const known = await situationNow({
      base,
      read,
      entry: merged ?? entry,
      sources,
      now: flags.now ?? context.now(),
      asked,
      ...(from === undefined ? {} : { from }),
    });
    if (known.value === undefined) return refuse(known.diagnostics);
    const move: RolloutMove = decideStart(known.value.situation, member, asked, 'a person asked for it');
    if (move.kind === 'wait' && flags.queue === true && !state.isTrain) return writeIntents(context, workspace, queue(), telling);
    const blocks = move.kind === 'wait' ? move.blocks : [];
    const blocked = refuseBlocked(context, telling, blocks, state.isTrain ? [] : ['to begin as soon as it may: --queue']);
    return blocked ?? writeIntents(context, workspace, editsOfMove(workspace.tree, here.loaded, entry, move, options), telling);
  });
}

function queueWords(name: string, version: string, policy: 'queue' | 'replace' | 'hold', running: string): string {
  if (policy === 'replace') return `${name}: ${running} makes room for ${version}`;
  return policy === 'hold'
    ? `${name}: ${running} is held until somebody finishes or aborts it, for ${version}`
    : `${name}: ${version} begins when ${running} has ended`;
}
