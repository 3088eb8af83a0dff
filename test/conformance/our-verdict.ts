import { parseAllDocuments } from 'yaml';
import type { LoadedEnvironment } from '../../src/model/environment.ts';
import { parseIstioVersion } from '../../src/model/istio-version.ts';
import { type JsonObject, objectOr } from '../../src/model/json.ts';
import type { FileTree } from '../../src/model/source.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { conflictsRules } from '../../src/rules/manifest/conflicts/rules.ts';
import { hazardsRules } from '../../src/rules/manifest/hazards/rules.ts';
import { referencesRules } from '../../src/rules/manifest/references/rules.ts';
import { objectsAt } from './objects-at.ts';

export interface OurFinding {
  readonly code: string;
  readonly name: string;
  readonly message: string;
}

export interface OurVerdict {
  readonly errors: readonly OurFinding[];
  readonly warnings: readonly OurFinding[];
}

/** Rules about objects among each other: a lone object has no one to be judged beside. */
const amongOthers = new Set([...referencesRules, ...conflictsRules, ...hazardsRules].map(({ definition }) => definition.code));

/** What `check --manifests` says of one object alone, in a mesh of this minor. */
export function ourVerdict(object: JsonObject, minor: number): OurVerdict {
  const istio = parseIstioVersion(`1.${minor}`);
  if (istio === undefined) throw new Error(`no mesh has the version 1.${minor}`);
  const { diagnostics } = checkManifests(new Map([['object.yaml', JSON.stringify(object)]]), { istio });
  const of = (wanted: string): readonly OurFinding[] =>
    diagnostics.filter(({ severity }) => severity === wanted).map(({ code, name, message }) => ({ code, name, message }));
  return { errors: of('error').filter(({ code }) => !amongOthers.has(code)), warnings: of('warning') };
}

/** The objects of rendered files of which `check --manifests` says anything. */
export function findingsOn(files: FileTree, { loaded }: { readonly loaded: LoadedEnvironment }): ReadonlySet<string> {
  const { istio, clusterDomain, mesh } = loaded.environment;
  const { diagnostics } = checkManifests(files, { istio, clusterDomain, rootNamespace: mesh.rootNamespace });
  const titles = [...files].flatMap(([path, text]) => {
    const here = diagnostics.flatMap(({ at }) => (at?.file === path ? at : []));
    return here.length === 0 ? [] : objectsAt(text)(here);
  });
  return new Set(titles);
}

/** The objects of rendered files by their titles. */
export function objectsByTitle(files: FileTree): ReadonlyMap<string, JsonObject> {
  const objects = [...files.values()].flatMap((text) => parseAllDocuments(text).map((document): JsonObject => document.toJS()));
  return new Map(
    objects.map((object) => {
      const { namespace, name } = objectOr(object.metadata);
      return [`${String(object.kind)} ${String(namespace ?? '')}/${String(name)}`, object];
    }),
  );
}
