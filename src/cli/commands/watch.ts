import { isObject } from '../../model/json.ts';
import { watchInputs } from '../../repo/watch-inputs.ts';
import { palette } from '../../report/palette.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { WatchedRound } from '../../report/watched-round.ts';
import { renderWatchedRoundJson } from '../../report/watched-round-json.ts';
import { renderWatchedRoundText } from '../../report/watched-round-text.ts';
import type { WatchFlags } from '../arguments/watch.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import type { Comparer } from '../compiler.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { explainFailure } from '../explain-failure.ts';
import { findingsText } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import { createRounds, type Rounds } from '../watch/rounds.ts';
import { saveMoments } from '../watch/save-moments.ts';
import { rootOf } from '../workspace.ts';

/** Editors write a file in several steps; a checkout takes longer, and is looked at meanwhile. */
const quietMilliseconds = 15;
const mostMilliseconds = 500;
/** How long a file that looks half written has to stay as it is before it is taken at its word. */
const steadyMilliseconds = 100;

/** Where inputs are as long as no settings say otherwise. */
const usual = { environments: 'environments', templates: 'templates', rendered: 'rendered' };

/** Renders, and again at each save, until it is told to stop. */
export async function watch(context: CliContext, flags: WatchFlags): Promise<ExitCode> {
  if (flags.dryRun === true && flags.out !== undefined) throw usageError('--dry-run writes nothing, so it does not go with --out');
  const root = rootOf(context, flags.root);
  const comparer = await context.comparer();
  const moments = saveMoments(quietMilliseconds, mostMilliseconds);
  context.whenInterrupted(moments.stop);
  const say = (text: string): void => context.process.stderr.write(`${visibleText(text)}\n`);
  const watching = watchInputs({
    root,
    changed: moments.changed,
    ...(flags.poll === true ? { poll: true } : {}),
    polls: (why) => say(`The system cannot watch so many folders (${why}): they are looked at twice a second instead.`),
  });
  const rounds = createRounds(context, flags, comparer);
  let known: WatchedRound['diagnostics'] = [];
  try {
    for (let isFirst = true; ; isFirst = false) {
      const before = inputsOf(rounds);
      if (watching.renew(before) === 'lost') {
        say(`error: ${root} is gone`);
        return exitCode.environmentFailed;
      }
      const round = isFirst ? await rounds.next() : await nextRound(context, rounds);
      if (typeof round === 'number') return round;
      if (round === 'unsettled') setTimeout(moments.changed, steadyMilliseconds);
      else if (round !== undefined) {
        tell(context, flags, rounds, comparer, round, known);
        known = round.diagnostics;
      }
      const now = inputsOf(rounds);
      if (now.join() !== before.join()) moments.changed();
      if (isFirst) say(`Watching ${now.join(', ')}; Ctrl-C ends it.`);
      if ((await moments.next()) === 'stopped') return exitCode.done;
    }
  } finally {
    moments.stop();
    watching.close();
  }
}

/** A disk that fails may be well again at the next save; a fault of our own is told and ends the run. */
async function nextRound(context: CliContext, rounds: Rounds): Promise<WatchedRound | 'unsettled' | undefined | ExitCode> {
  try {
    return await rounds.next();
  } catch (error) {
    const code = explainFailure(error, context);
    return code === exitCode.environmentFailed ? undefined : code;
  }
}

function inputsOf(rounds: Rounds): readonly string[] {
  const { environments, templates } = rounds.locations() ?? usual;
  return ['mainsheet.yaml', environments, templates];
}

function tell(
  context: CliContext,
  flags: WatchFlags,
  rounds: Rounds,
  comparer: Comparer,
  round: WatchedRound,
  known: WatchedRound['diagnostics'],
): void {
  const { stdout } = context.process;
  if (flags.format === 'json') {
    stdout.write(renderWatchedRoundJson(round));
    return;
  }
  const text = renderWatchedRoundText(round, {
    ...{ palette: palette(hasColor(stdout)), known, hasRendered: rounds.hasRendered() },
    rendered: flags.out ?? (rounds.locations() ?? usual).rendered,
    findings: (diagnostics) => findingsText(context, { diagnostics, tree: round.tree, prefix: '' }, 'text', stdout),
    print: (body) => (isObject(body) ? comparer.printedObject(body) : ''),
  });
  stdout.write(round.saved.length === 0 ? text : `\n${text}`);
}
