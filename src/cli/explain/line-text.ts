import { parseYaml } from '../../document/parse.ts';
import { explainLine } from '../../explain/explain-line.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { objectOr } from '../../model/json.ts';
import type { Manifest } from '../../model/manifest.ts';
import { renderLineExplanation } from '../../report/explanation-text.ts';
import type { Compiled } from '../compiler.ts';
import { placeDescriber } from '../describe-place.ts';
import { usageError } from '../usage-error.ts';
import type { Workspace } from '../workspace.ts';
import type { Subject } from './subject.ts';

/** The explanation of a line of a rendered file; undefined when the environment has errors. The first line of a file is its mark. */
export function lineText({ tree }: Workspace, compiled: Compiled, asked: Extract<Subject, { kind: 'line' }>): string | undefined {
  if (compiled.files.size === 0) return undefined;
  const text = compiled.files.get(asked.path);
  if (text === undefined) throw usageError(`${asked.file} is none of the files that ${asked.environment} renders to`);
  const found = asked.line === 1 ? undefined : explainLine(text, manifestsIn(asked.path, text, compiled.manifests), asked.line - 1);
  if (found === undefined) {
    throw usageError(`line ${asked.line} of ${asked.file} says nothing of an object`, [
      'the first line is the mark by which Mainsheet knows its files',
    ]);
  }
  return renderLineExplanation(`${asked.file}:${asked.line}`, found, placeDescriber(tree));
}

/** The manifests whose objects a file holds, in its order. */
function manifestsIn(path: string, text: string, manifests: readonly Manifest[]): readonly Manifest[] {
  const byIdentity = new Map(manifests.map((manifest) => [identity(manifest.body), manifest]));
  return (parseYaml(path, text).value ?? []).flatMap(({ value }) => byIdentity.get(identity(value)) ?? []);
}

function identity(body: JsonObject): string {
  const { name, namespace }: { readonly [key: string]: Json } = objectOr(body.metadata);
  return JSON.stringify([body.apiVersion ?? null, body.kind ?? null, namespace ?? null, name ?? null]);
}
