import type { FileTree } from '../model/source.ts';
import type { CheckFlags } from './arguments/check.ts';
import type { CliContext } from './cli-context.ts';
import type { CheckedManifests } from './compiler.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { readGiven } from './read-given.ts';
import { reportFindings } from './report-findings.ts';
import { usageError } from './usage-error.ts';

/** `check --manifests`: reads anyone's manifests, checks them as one mesh, prints what it found. */
export async function checkGivenManifests(context: CliContext, flags: CheckFlags, paths: readonly string[]): Promise<ExitCode> {
  if (flags.env !== undefined)
    throw usageError('`--env` names an environment of intents; with `--manifests` say `--istio` and `--namespace`');
  const { tree, unread, named } = await readGiven(context, paths);
  const crds = flags.crds === undefined ? undefined : await readGiven(context, [flags.crds]);
  const check = await context.manifestChecker();
  const { istio, namespace } = flags;
  const checked = check(tree, {
    ...(istio === undefined ? {} : { istio }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(crds === undefined ? {} : { crds: crds.tree }),
    named,
    unread: [...unread, ...(crds?.unread ?? [])],
  });
  const { stdout } = context.process;
  const shown = new Map([...(crds?.tree ?? []), ...tree]);
  reportFindings(context, { diagnostics: checked.diagnostics, tree: shown, prefix: '' }, flags.format, stdout);
  if (flags.format === 'text' && checked.diagnostics.length === 0) stdout.write(`${summary(tree, checked)}, nothing to report\n`);
  return exitCodeOf(checked.diagnostics);
}

/** "3 Istio objects in 2 files (and 4 other objects)". */
function summary(tree: FileTree, { manifests, others }: CheckedManifests): string {
  const beside = others === 0 ? '' : ` (and ${count(others, 'other object')})`;
  return `${count(manifests.length, 'Istio object')} in ${count(tree.size, 'file')}${beside}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
