import { explainLine } from '../../explain/explain-line.ts';
import type { Manifest } from '../../model/manifest.ts';
import { renderLineExplanation } from '../../report/explanation-text.ts';
import type { Compiled } from '../compiler.ts';
import { placeDescriber } from '../describe-place.ts';
import { usageError } from '../usage-error.ts';
import type { Inputs, Workspace } from '../workspace.ts';
import type { Subject } from './subject.ts';

/** The explanation of a line of a rendered file; undefined when the environment has errors. The first line of a file is its mark. */
export function lineText(
  { tree }: Workspace,
  { compiler }: Inputs,
  compiled: Compiled,
  asked: Extract<Subject, { kind: 'line' }>,
): string | undefined {
  if (compiled.files.size === 0) return undefined;
  const text = compiled.files.get(asked.path);
  if (text === undefined) throw usageError(`${asked.file} is none of the files that ${asked.environment} renders to`);
  const found = asked.line === 1 ? undefined : explainLine(text, manifestsIn(compiled, asked.path), asked.line - 1);
  if (found === undefined) {
    throw usageError(`line ${asked.line} of ${asked.file} says nothing of an object`, [
      'the first line is the mark by which Mainsheet knows its files',
    ]);
  }
  return renderLineExplanation(`${asked.file}:${asked.line}`, found, placeDescriber(tree, compiler));
}

/** The objects of a file, in its order. */
function manifestsIn({ folders }: Compiled, path: string): readonly Manifest[] {
  for (const { folder, files } of folders) {
    const file = files.find((candidate) => path === (folder === '' ? candidate.path : `${folder}/${candidate.path}`));
    if (file !== undefined) return file.manifests;
  }
  return [];
}
