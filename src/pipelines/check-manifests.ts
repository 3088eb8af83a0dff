/**
 * The other page: how manifests that anyone wrote are checked.
 *
 *   FileTree ──load──▶ objects ──schemas──▶ mesh ──manifest rules──▶ findings
 *
 * Like the compiler a pure function: the same tree gives the same findings everywhere.
 */
import { createLocator } from '../document/locate.ts';
import { locateDiagnostics } from '../document/locate-diagnostics.ts';
import { judgeHandWritten } from '../expand/judge-hand-written.ts';
import { passThrough } from '../expand/pass-through.ts';
import { loadCrds } from '../load/crds.ts';
import { manifestsAtPath, someManifest, wholeMesh } from '../load/diagnostics.ts';
import { type GivenMesh, givenEnvironment } from '../load/given-environment.ts';
import { readableManifests } from '../load/manifests.ts';
import { istioKindOf } from '../mesh/istio-kinds.ts';
import { buildMesh, type Mesh, noSurroundings } from '../mesh/mesh.ts';
import { titleOf } from '../mesh/mesh-object.ts';
import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from '../model/diagnostic.ts';
import type { Manifest } from '../model/manifest.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { manifestRules, objectRules } from '../rules/rule-sets.ts';
import { runManifestRules } from '../rules/run-manifest-rules.ts';
import { applySuppressions } from '../rules/suppressions.ts';

export type { GivenMesh } from '../load/given-environment.ts';

export interface CheckedManifests {
  /** Istio's objects, in the order of files and documents. */
  readonly manifests: readonly Manifest[];
  /** Every Kubernetes object. */
  readonly all: readonly Manifest[];
  /** How many other Kubernetes objects were read: they tell what the cluster holds. */
  readonly others: number;
  /** How many documents are no Kubernetes objects. */
  readonly passedOver: number;
  /** Whether everything could be read. */
  readonly isWhole: boolean;
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly ok: boolean;
  /** Objects that their schemas do not accept, by title: a cluster would not take them. */
  readonly malformed: ReadonlySet<string>;
  /** The objects beside one another, for whoever asks more of them. */
  readonly mesh: Mesh;
}

export interface CheckOptions extends GivenMesh {
  /** What could not be read at all. */
  readonly unread?: readonly Diagnostic[];
  /** Files with the cluster's own CustomResourceDefinitions, to be judged by instead of the schemas of the mesh's version. */
  readonly crds?: FileTree;
  /** What was named to be checked: each must hold some object. */
  readonly named?: readonly NamedInput[];
}

/** A path as it was named, '-' for standard input, and the files of the tree that it led to. */
export interface NamedInput {
  readonly path: string;
  readonly files: readonly RepoPath[];
}

/** Everything that is wrong with the Istio objects of a tree, by the mesh that is told of. */
export function checkManifests(tree: FileTree, options: CheckOptions = {}): CheckedManifests {
  const { crds } = options;
  const { mesh, all, passedOver, findings, isWhole, unread } = readMesh(tree, options);
  const manifests = all.filter((manifest) => istioKindOf(manifest) !== undefined);
  // Where a file could not be read, what it holds would be found missing everywhere.
  const found = isWhole
    ? [...findings, ...runManifestRules(manifestRules, mesh)]
    : [
        ...findings,
        ...(manifests.length === 0 ? [] : [diagnose(wholeMesh, { params: { unread } })]),
        ...runManifestRules(objectRules, mesh),
      ];
  const diagnostics = locateDiagnostics(applySuppressions(found, manifests), createLocator(new Map([...(crds ?? []), ...tree])));
  return {
    manifests,
    all,
    others: all.length - manifests.length,
    passedOver,
    isWhole,
    malformed: new Set(mesh.objects.filter(({ wellFormed }) => !wellFormed).map(titleOf)),
    diagnostics,
    ok: !found.some(isError),
    mesh,
  };
}

/** A tree's objects as a mesh, and what is wrong with their shapes. */
export interface ReadMesh {
  readonly mesh: Mesh;
  /** Every Kubernetes object. */
  readonly all: readonly Manifest[];
  readonly passedOver: number;
  readonly findings: readonly Diagnostic[];
  readonly isWhole: boolean;
  /** Files, documents and objects that could not be read. */
  readonly unread: number;
}

export function readMesh(tree: FileTree, { unread = [], crds, named = [], ...given }: CheckOptions): ReadMesh {
  const environment = givenEnvironment(given);
  const loaded = readableManifests(tree);
  const lost = loaded.unread + unread.filter(isError).length;
  const all = passThrough(loaded.objects, (file) => file);
  const cluster = crds === undefined ? undefined : loadCrds(crds);
  const { diagnostics: judged, malformed } = judgeHandWritten(all, environment.istio, cluster?.value);
  return {
    mesh: buildMesh(environment, all, { ...noSurroundings, malformed }),
    all,
    passedOver: loaded.passedOver,
    findings: [...unread, ...(cluster?.diagnostics ?? []), ...loaded.diagnostics, ...emptyInputs(named, loaded.files), ...judged],
    isWhole: lost === 0,
    unread: lost,
  };
}

function emptyInputs(named: readonly NamedInput[], withObjects: ReadonlySet<RepoPath>): readonly Diagnostic[] {
  return named
    .filter(({ files }) => !files.some((file) => withObjects.has(file)))
    .map(({ path }) => (path === '-' ? diagnose(someManifest, { params: {} }) : diagnose(manifestsAtPath, { params: { path } })));
}
