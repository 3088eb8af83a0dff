import type { PassedManifest } from '../model/environment.ts';
import { objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { type Origin, traced } from '../model/origin.ts';
import type { RepoPath } from '../model/source.ts';

/** Hand-written objects as manifests: their own words, drawn by nobody. `titleOf` names their owner by the file they stand in. */
export function passThrough(passed: readonly PassedManifest[], titleOf: (file: RepoPath) => string): readonly Manifest[] {
  return passed.map(({ file, document, pointer, body }): Manifest => {
    const origin: Origin = { kind: 'intent', at: { file, document, pointer }, reason: 'written by hand' };
    const { name, namespace } = objectOr(body.metadata);
    return {
      apiVersion: String(body.apiVersion),
      kind: String(body.kind),
      name: String(name),
      ...(typeof namespace === 'string' ? { namespace } : {}),
      body,
      provenance: { slots: [{ pointer: '', template: file, line: 1, values: [0] }], values: [traced(body, origin)], renames: [] },
      owner: { kind: 'manifests', name: titleOf(file), origin },
    };
  });
}

/** 'environments/prod/legacy/old.yaml' → 'legacy.old': one rendered file for each hand-written one. `chain` names the environment's folders. */
export function fileTitle(chain: readonly string[], file: RepoPath): string {
  const folder = chain.find((name) => file.includes(`/${name}/`)) ?? '';
  const inner = file.slice(file.indexOf(`/${folder}/`) + folder.length + 2);
  return inner.replace(/\.ya?ml$/, '').replaceAll('/', '.');
}
