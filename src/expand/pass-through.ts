import type { Environment, PassedManifest } from '../model/environment.ts';
import { objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { type Origin, traced } from '../model/origin.ts';

/** Hand-written objects as manifests: their own words, drawn by nobody. */
export function passThrough(environment: Environment, passed: readonly PassedManifest[]): readonly Manifest[] {
  return passed.map(({ file, document, body }): Manifest => {
    const origin: Origin = { kind: 'intent', at: { file, document, pointer: '' }, reason: 'written by hand' };
    const { name, namespace } = objectOr(body.metadata);
    return {
      apiVersion: String(body.apiVersion),
      kind: String(body.kind),
      name: String(name),
      ...(typeof namespace === 'string' ? { namespace } : {}),
      body,
      provenance: { slots: [{ pointer: '', template: file, line: 1, values: [0] }], values: [traced(body, origin)], renames: [] },
      owner: { kind: 'manifests', name: fileTitle(environment, file), origin },
    };
  });
}

/** 'environments/prod/legacy/old.yaml' → 'legacy.old': one rendered file for each hand-written one. */
function fileTitle(environment: Environment, file: string): string {
  const folder = environment.chain.find((name) => file.includes(`/${name}/`)) ?? '';
  const inner = file.slice(file.indexOf(`/${folder}/`) + folder.length + 2);
  return inner.replace(/\.ya?ml$/, '').replaceAll('/', '.');
}
