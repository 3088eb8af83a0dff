import { parseYaml } from '../../document/parse.ts';
import { printYaml } from '../../document/print.ts';
import { printIntent } from '../../document/print-intent.ts';
import { splitDocuments } from '../../document/split-documents.ts';
import { asWritten } from '../../import/metadata-patches.ts';
import type { DraftIntent } from '../../model/imported.ts';
import { sameJson } from '../../model/json.ts';
import type { Manifest } from '../../model/manifest.ts';
import { type FileTree, isSpan, type RepoPath } from '../../model/source.ts';
import { keptFolder } from './import-environment.ts';

/** 'environments/prod/services/reviews.yaml'; 'shop.reviews.yaml' of one in another namespace than most. */
export function intentPath(folder: RepoPath, { kind, name, namespace }: DraftIntent): RepoPath {
  return `${folder}/${kind}s/${fileName(namespace === undefined ? name : `${namespace}.${name}`)}`;
}

export function intentText({ words }: DraftIntent): string {
  return printIntent(words);
}

/** 'environments/prod/legacy/EnvoyFilter/lua.yaml', a path for each: of two that would be called alike the later ones are counted. */
export function keptPaths(folder: RepoPath, kept: readonly Manifest[], home: string | undefined): ReadonlyMap<RepoPath, Manifest> {
  const paths = new Map<RepoPath, Manifest>();
  for (const manifest of kept) {
    const { kind, name, namespace } = manifest;
    const title = namespace === undefined || namespace === home ? name : `${namespace}.${name}`;
    const path = (suffix: string): RepoPath => `${folder}/${keptFolder}${pathWord(kind)}/${fileName(`${title}${suffix}`)}`;
    let free = path('');
    for (let count = 2; paths.has(free); count++) free = path(`-${count}`);
    paths.set(free, manifest);
  }
  return paths;
}

function fileName(title: string): string {
  return `${pathWord(title)}.yaml`;
}

/** A name of an object is somebody's text: what has a meaning in paths is none in a file's name. */
function pathWord(text: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9._-]/g, '.')
      .replace(/^\.+/, '')
      .slice(0, 200) || 'unnamed'
  );
}

/** The text of an object as somebody wrote it, comments and all; of an item of a List, or what a cluster has added to, its values. */
export function keptText({ body, owner }: Manifest, input: FileTree): string {
  const { at } = owner.origin;
  const written = asWritten(body);
  if (at !== undefined && !isSpan(at) && at.pointer === '' && sameJson(written, body)) {
    const text = input.get(at.file) ?? '';
    const stretch = splitDocuments(text)?.[at.document];
    const own =
      stretch === undefined
        ? ''
        : text
            .slice(stretch.start, stretch.end)
            .replace(/^\uFEFF?---[ \t]*(\r?\n|$)/, '')
            .trim();
    if (sameJson(parseYaml(at.file, own).value?.[0]?.value, body)) return `${own.replaceAll('\r\n', '\n')}\n`;
  }
  return printYaml(written);
}
