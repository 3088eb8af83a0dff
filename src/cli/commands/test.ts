import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { type FileTree, isSpan } from '../../model/source.ts';
import type { TestRun } from '../../model/test-run.ts';
import { makeFolders } from '../../repo/make-folders.ts';
import { renderTestRunsJson } from '../../report/test-run-json.ts';
import { renderTestRunsJunit } from '../../report/test-run-junit.ts';
import { testRunSummary } from '../../report/test-run-text.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { TestFlags } from '../arguments/test.ts';
import { askMeshesOf, type MeshToAsk } from '../ask-mesh-of.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { recordFindings } from '../findings-record.ts';
import { readGiven } from '../read-given.ts';
import { fromWorkingFolder, reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';

/** Runs the tests of each chosen mesh; with `--init` writes some. */
export async function test(context: CliContext, flags: TestFlags, ...paths: readonly string[]): Promise<ExitCode> {
  const isGiven = (flags.manifests ?? []).length > 0;
  if (isGiven && paths.length === 0 && flags.init !== true)
    throw usageError('`--manifests` needs test files to run', ['name them behind it: mainsheet test --manifests k8s/ routing.test.yaml']);
  const named = paths.length === 0 ? undefined : await readGiven(context, paths);
  const { meshes, tree, prefix, errors } = await askMeshesOf(context, flags, 'many');
  const early = [...errors, ...(named?.unread ?? []), ...meshes.filter(({ asked }) => asked === undefined).flatMap((mesh) => mesh.errors)];
  if (early.some(isError)) {
    reportFindings(context, { diagnostics: located(early), tree, prefix }, 'text', context.process.stderr);
    return exitCodeOf(early);
  }
  if (flags.init === true) return init(context, meshes, join(context.workingFolder, prefix), isGiven);
  const files = named === undefined ? undefined : testFilesIn(named.tree);
  const runs = meshes.flatMap((mesh): readonly (readonly [string, TestRun])[] => {
    const own = files ?? testsBeside(mesh, tree);
    return mesh.asked === undefined ? [] : [[mesh.title, mesh.asked.test(own)]];
  });
  const shown = new Map([...tree, ...(files ?? [])]);
  print(context, flags, runs, { tree: shown, prefix: files === undefined ? prefix : '' });
  for (const { errors: wrong, checkedBy } of meshes.filter((mesh) => mesh.errors.length > 0)) {
    const what = wrong.length === 1 ? 'is an error' : `are ${wrong.length} errors`;
    context.process.stderr.write(`there ${what} in what was tested; \`${checkedBy}\` says more\n`);
  }
  return exitCodeOf(runs.flatMap(([, run]) => findingsOf(run, false)));
}

/** What could not be read has its place already. */
function located(diagnostics: readonly Diagnostic[]): readonly LocatedDiagnostic[] {
  return diagnostics.map(({ at, related: _related, ...rest }) => ({
    ...rest,
    related: [],
    ...(at !== undefined && isSpan(at) ? { at } : {}),
  }));
}

/** Of a folder only files that say they hold tests. */
function testFilesIn(tree: FileTree): FileTree {
  return tree.size === 1 ? tree : new Map([...tree].filter(([, text]) => /^(tests|testCases):/m.test(text)));
}

function testsBeside({ folders }: MeshToAsk, tree: FileTree): FileTree {
  return new Map([...tree].filter(([path]) => /\.test\.ya?ml$/.test(path) && folders.some((folder) => path.startsWith(`${folder}/`))));
}

function findingsOf({ cases, unread, coverage }: TestRun, withCoverage: boolean): readonly LocatedDiagnostic[] {
  return [...unread, ...cases.flatMap(({ diagnostics }) => diagnostics), ...(withCoverage ? coverage.diagnostics : [])];
}

function print(
  context: CliContext,
  { format, coverage = false }: TestFlags,
  runs: readonly (readonly [string, TestRun])[],
  { tree, prefix }: { readonly tree: FileTree; readonly prefix: string },
): void {
  const { stdout } = context.process;
  // For people the untouched routes are a list beneath.
  const diagnostics = runs.flatMap(([, run]) => findingsOf(run, coverage && format !== 'text'));
  if (format === 'json' || format === 'junit') {
    stdout.write(format === 'json' ? renderTestRunsJson(runs, tree) : renderTestRunsJunit(runs, tree));
    const seen = fromWorkingFolder({ diagnostics, tree, prefix });
    recordFindings(context, seen.diagnostics, seen.tree);
  } else {
    reportFindings(context, { diagnostics, tree, prefix }, format, stdout);
    if (format === 'text') {
      if (diagnostics.length > 0) stdout.write('\n');
      for (const [title, run] of runs) stdout.write(testRunSummary(title, run, coverage ? { files: tree, prefix } : undefined));
    }
  }
}

/** Files that are there are somebody's: they are kept. Of given manifests the tests are printed. */
function init(context: CliContext, meshes: readonly MeshToAsk[], root: string, isGiven: boolean): ExitCode {
  const { stdout, stderr } = context.process;
  for (const { asked, folders } of meshes) {
    const { files, left } = asked?.writeTests() ?? { files: new Map<string, string>(), left: [] };
    for (const [name, text] of files) {
      if (isGiven) {
        stdout.write(files.size === 1 ? text : `---\n${text}`);
        continue;
      }
      const path = `${folders.at(-1) ?? ''}/tests/${name}`;
      const isThere = existsSync(join(root, path));
      if (!isThere) {
        makeFolders(dirname(join(root, path)));
        writeFileSync(join(root, path), text);
      }
      stdout.write(`${isThere ? 'kept   ' : 'written'}  ${visibleText(path)}\n`);
    }
    for (const route of left) stderr.write(`no request was found that takes ${visibleText(route)}\n`);
  }
  return exitCode.done;
}
