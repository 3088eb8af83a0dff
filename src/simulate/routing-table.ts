import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { listOr, objectOr } from '../model/json.ts';
import type { RequestReading, RequestWords } from '../model/request-words.ts';
import type { DecisionStep, ManifestPlace, MeshRequest, RouteDecision } from '../model/routing.ts';
import type { Place } from '../model/source.ts';
import { withAuthorization } from './authorization.ts';
import { decideAtGateway } from './decide-at-gateway.ts';
import { decideInMesh } from './decide-in-mesh.ts';
import { nearMisses } from './near-misses.ts';
import { readRequest } from './read-request.ts';
import { sourcesOf } from './sources.ts';
import { storyOrder } from './story-order.ts';

/** Answers where requests go, by Istio's rules alone: it knows manifests and what is shown of the cluster, and no intent. */
export interface RoutingTable {
  readonly mesh: Mesh;
  readonly decide: (request: MeshRequest) => RouteDecision;
  /** `decide`, and in its story also the VirtualServices that somebody may think have a say. */
  readonly tell: (request: MeshRequest) => RouteDecision;
  /** Reads a request in the words of a command line, with what the mesh has to say to them. */
  readonly read: (words: RequestWords) => RequestReading;
  /** The words behind a place of a manifest: of an intent, of a template's line, or of a hand-written file. */
  readonly sourceOf: (place: ManifestPlace) => Place | undefined;
}

/** Kinds that stories name places of. */
const told = ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'AuthorizationPolicy'] as const;

export function buildRoutingTable(mesh: Mesh): RoutingTable {
  const sources = sourcesOf(mesh);
  let objects: ReadonlyMap<string, MeshObject> | undefined;
  const decide = (request: MeshRequest): RouteDecision =>
    withAuthorization(request.gateway === undefined ? decideInMesh(request, sources) : decideAtGateway(request, sources), request, sources);
  const object = (title: string): MeshObject | undefined => {
    objects ??= new Map(told.flatMap((kind) => mesh.shown(kind).map((one) => [titleOf(one), one] as const)));
    return objects.get(title);
  };
  return {
    mesh,
    sourceOf: ({ manifest, pointer }) => (pointer === '' ? object(manifest)?.atBody('/spec', 'key') : object(manifest)?.at(pointer)),
    decide,
    tell: (request) => {
      const decision = decide(request);
      const steps = storyOrder(withRules(decision, object));
      return { ...decision, steps: [...steps, ...nearMisses(request, decision, sources)] };
    },
    read: (words) => readRequest(words, mesh),
  };
}

/** The steps, with the DestinationRule that declares each destination's subset, or has its policy. */
function withRules({ steps, destinations }: RouteDecision, object: (title: string) => MeshObject | undefined): readonly DecisionStep[] {
  let next = 0;
  return steps.map((step) => {
    const destination = step.about === 'destination' ? destinations[next++] : undefined;
    const places = (destination?.rules ?? []).map((manifest) => {
      const index = listOr(object(manifest)?.spec.subsets).findIndex((one) => objectOr(one).name === destination?.subset);
      return { manifest, pointer: index < 0 ? '' : `/subsets/${index}` };
    });
    const place = places.find(({ pointer }) => pointer !== '') ?? places[0];
    return place === undefined ? step : { ...step, place };
  });
}
