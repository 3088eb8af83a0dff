/**
 * The third page: how a mesh is asked where requests go.
 *
 *   words ──read──▶ request ──routing table──▶ decision, with its story and the words behind each step
 *
 * Pure like the others; the mesh is that of a compiled environment, or of manifests that anyone wrote.
 */
import { createLocator } from './document/locate.ts';
import { builtinTemplates } from './expand/builtin-templates.ts';
import { environmentMesh, type Mesh } from './mesh/mesh.ts';
import type { LoadedEnvironment } from './model/environment.ts';
import type { Manifest } from './model/manifest.ts';
import type { RequestReading, RequestWords } from './model/request-words.ts';
import type { MeshRequest, RouteDecision } from './model/routing.ts';
import type { FileTree, Span } from './model/source.ts';
import { buildRoutingTable } from './simulate/routing-table.ts';

/** Where requests of one mesh go. */
export interface AskedMesh {
  readonly read: (words: RequestWords) => RequestReading;
  readonly tell: (request: MeshRequest) => ToldDecision;
}

export interface ToldDecision {
  readonly decision: RouteDecision;
  /** Beside each step of the decision, the words behind it, where a file holds them. */
  readonly places: readonly (Span | undefined)[];
}

export interface MeshAsker {
  /** Of an environment as far as it was compiled: errors in its manifests are no hindrance. */
  readonly ofEnvironment: (loaded: LoadedEnvironment, manifests: readonly Manifest[], tree: FileTree) => AskedMesh;
  readonly ofManifests: (mesh: Mesh, tree: FileTree) => AskedMesh;
}

export const meshAsker: MeshAsker = {
  ofEnvironment: (loaded, manifests, tree) => askMesh(environmentMesh(loaded, manifests, new Set()), tree),
  ofManifests: askMesh,
};

function askMesh(mesh: Mesh, tree: FileTree): AskedMesh {
  const table = buildRoutingTable(mesh);
  const locate = createLocator(new Map([...builtinTemplates, ...tree]));
  return {
    read: table.read,
    tell: (request) => {
      const decision = table.tell(request);
      const sources = decision.steps.map(({ place }) => (place === undefined ? undefined : table.sourceOf(place)));
      return { decision, places: sources.map((source) => (source === undefined ? undefined : locate(source))) };
    },
  };
}
