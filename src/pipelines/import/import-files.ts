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
  return `${folder}/${kind}s/${namespace === undefined ? '' : `${namespace}.`}${name.replaceAll('/', '.')}.yaml`;
}

export function intentText({ words }: DraftIntent): string {
  return printIntent(words);
}

/** 'environments/prod/legacy/EnvoyFilter/lua.yaml' */
export function keptPath(folder: RepoPath, { kind, name, namespace }: Manifest, home: string | undefined): RepoPath {
  return `${folder}/${keptFolder}${kind}/${namespace === undefined || namespace === home ? '' : `${namespace}.`}${name}.yaml`;
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
    if (own !== '' && !own.startsWith('---')) return `${own.replaceAll('\r\n', '\n')}\n`;
  }
  return printYaml(written);
}
