import { isError } from '../../model/diagnostic.ts';
import type { FileTree } from '../../model/source.ts';
import { kindOfPath, readManifests } from '../../repo/read-manifests.ts';
import type { DiffFlags } from '../arguments/diff.ts';
import type { CliContext } from '../cli-context.ts';
import type { Comparer } from '../compiler.ts';
import { usageError } from '../usage-error.ts';
import type { Compared } from './compared.ts';

/** Reads two folders, or files, of anyone's manifests and compares them as two meshes of one kind. */
export function compareFolders(
  context: CliContext,
  { istio, namespace }: DiffFlags,
  [before = '', after = '']: readonly string[],
  comparer: Comparer,
): Compared {
  const [old, young] = [readFolder(context, before), readFolder(context, after)];
  const tree: FileTree = new Map([...old.tree, ...young.tree]);
  const given = { ...(istio === undefined ? {} : { istio }), ...(namespace === undefined ? {} : { namespace }) };
  const { comparison, diagnostics } = comparer.compareFolders(old, young, { ...given, unread: [...old.unread, ...young.unread] });
  const named = { title: 'manifests', before: old.root, after: young.root };
  const isWhole = comparison !== undefined && ![...old.unread, ...young.unread].some(isError);
  return { comparisons: isWhole ? [{ ...named, comparison }] : [], findings: [{ diagnostics, tree, prefix: '' }] };
}

function readFolder(context: CliContext, path: string) {
  if (kindOfPath(context.workingFolder, path) === undefined) throw usageError(`nothing stands at "${path}"`);
  const { value, diagnostics } = readManifests(context.workingFolder, path);
  return { tree: value ?? new Map<string, string>(), root: path.replace(/^\.\/|\/+$/g, ''), unread: diagnostics };
}
