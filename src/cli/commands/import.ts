import { join } from 'node:path';
import { type Diagnostic, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { Imported } from '../../model/imported.ts';
import { isObject } from '../../model/json.ts';
import type { FileTree } from '../../model/source.ts';
import { writeFresh } from '../../repo/write-fresh.ts';
import { renderComparisonText } from '../../report/comparison-text.ts';
import { renderImportText, renderWrittenText } from '../../report/import-text.ts';
import { palette } from '../../report/palette.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { ImportFlags } from '../arguments/import.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { readGiven } from '../read-given.ts';
import { reportFindings } from '../report-findings.ts';
import { refusal, usageError } from '../usage-error.ts';
import { withWorkspace } from '../workspace.ts';

/** Reads manifests, writes intents that render them, and says what became of each object. */
export async function importIntents(context: CliContext, flags: ImportFlags, ...paths: string[]): Promise<ExitCode> {
  const { tree: input, unread, named } = await readGiven(context, paths);
  const importer = await context.importer();
  return await withWorkspace(
    context,
    { ...(flags.root === undefined ? {} : { root: flags.root }) },
    async ({ tree, root, prefix, diagnostics, inputs }) => {
      // That there is no environment yet is no fault here.
      const broken = diagnostics.filter((one) => isError(one) && one.code !== 'MS1061');
      if (broken.length > 0) {
        reportFindings(context, { diagnostics: broken, tree, prefix }, 'text', context.process.stderr);
        return exitCodeOf(broken);
      }
      refuseTwoWords(flags, `${inputs?.settings.environments ?? 'environments'}/${flags.env}/environment.yaml`, tree);
      const { istio, namespace, userHeader, allowChanges } = flags;
      const made = importer(tree, input, {
        environment: flags.env,
        named,
        unread,
        ...(istio === undefined ? {} : { istio }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(userHeader === undefined ? {} : { user: { by: 'header', name: userHeader } }),
        ...(allowChanges === undefined ? {} : { allowChanges }),
      });
      const { imported } = made;
      const { stdout, stderr } = context.process;
      if (imported === undefined) {
        const isOfInput = made.sources === input;
        reportFindings(
          context,
          { diagnostics: made.diagnostics.filter(isError), tree: made.sources, prefix: isOfInput ? '' : prefix },
          'text',
          stderr,
        );
        return exitCodeOf(made.diagnostics);
      }
      if (imported.intents.length === 0 && imported.kept.length === 0) throw usageError(nothingThere(paths, imported.others));
      reportFindings(context, { diagnostics: [...made.diagnostics, ...imported.kept], tree: input, prefix: '' }, 'text', stderr);
      await refuseChanges(context, flags, imported);
      const written = new Map([...imported.files].filter(([path, text]) => tree.get(path) !== text));
      refuseOverwriting(flags, written, tree);
      if (flags.dryRun === true) for (const [path, text] of written) stdout.write(`# ${visibleText(path)}\n${text}\n`);
      else {
        const failed = writeFresh(root, written);
        if (failed.length > 0) {
          reportFindings(context, { diagnostics: unplaced(failed), tree, prefix }, 'text', stderr);
          return exitCodeOf(failed);
        }
      }
      stdout.write(renderImportText({ environment: flags.env, ...imported }));
      const shown = new Map([...written].map(([path, text]) => [join(prefix, path), text]));
      const [only = '', ...others] = paths;
      const told = {
        environment: flags.env,
        named: others.length === 0 && only !== '-' ? only : 'OLD',
        rendered: join(prefix, inputs?.settings.rendered ?? 'rendered', flags.env),
        others: imported.others,
        isDry: flags.dryRun === true,
      };
      stdout.write(renderWrittenText(shown, imported.files.size - written.size, told));
      return exitCode.done;
    },
  );
}

/** An environment without intents is nobody's wish: the path is not the one that was meant. */
function nothingThere(paths: readonly string[], others: number): string {
  const where = paths.map((path) => (path === '-' ? 'standard input' : `"${path}"`)).join(', ');
  return `${where} ${others === 0 ? 'holds no Kubernetes object' : 'holds no object of Istio'}, so there is nothing to import`;
}

/** What an environment says of itself is not said anew on the command line. */
function refuseTwoWords({ istio, namespace, userHeader }: ImportFlags, path: string, tree: FileTree): void {
  const flag = Object.entries({ '--istio': istio, '--namespace': namespace, '--user-header': userHeader }).find(
    ([, value]) => value !== undefined,
  );
  if (flag === undefined || !tree.has(path)) return;
  throw usageError(`${path} says what ${flag[0]} would`, [`leave ${flag[0]} out, or change the word there`]);
}

/** The last look: whatever became of the drafts, no request may be answered otherwise unless that is asked for. */
async function refuseChanges(context: CliContext, { env, allowChanges }: ImportFlags, { comparison }: Imported): Promise<void> {
  const isWhole = comparison.changes.every(({ action }) => action === 'update' || action === 'unchanged');
  if (comparison.traffic.length === 0 && isWhole) return;
  const { printedObject } = await context.comparer();
  const { stdout } = context.process;
  const named = { title: env, before: 'manifests', after: 'intents', comparison };
  stdout.write(renderComparisonText(named, { print: (body) => (isObject(body) ? printedObject(body) : '') }, palette(hasColor(stdout))));
  if (allowChanges !== true || !isWhole)
    throw refusal(`${isWhole ? 'requests would be answered otherwise' : 'objects would be lost or added'}, so nothing was written`, [
      '--allow-changes writes the intents all the same',
    ]);
}

/** What other people wrote stays, unless they say that it need not. environment.yaml only gets a word more. */
function refuseOverwriting({ env, overwrite }: ImportFlags, written: FileTree, tree: FileTree): void {
  const others = [...written.keys()].filter((path) => tree.has(path) && !path.endsWith(`/${env}/environment.yaml`));
  const [first] = others;
  if (first === undefined || overwrite === true) return;
  const more = others.length === 1 ? '' : ` and ${others.length - 1} more`;
  throw refusal(`${visibleText(first)}${more} would be overwritten, so nothing was written`, [
    '--overwrite writes all the same; `git diff` shows what it did',
  ]);
}

/** What a disk refuses has no place in a text. */
function unplaced(findings: readonly Diagnostic[]): readonly LocatedDiagnostic[] {
  return findings.map(({ at: _at, ...finding }) => ({ ...finding, related: [] }));
}
