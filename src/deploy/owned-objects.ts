import { type RoutePart, routesOf } from '../istio/virtual-service-parts.ts';
import { type CarriedSplit, type CarryingObject, carriersOf, routesByHost } from '../mesh/carried-splits.ts';
import { type ShiftedService, shiftedServices } from '../mesh/shifted-services.ts';
import type { OwnedObject } from '../model/deployment.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import { type Manifest, originAt } from '../model/manifest.ts';
import { type Pointer, valueAt } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';

/**
 * The fields of rendered objects that another controller writes, where services say `weights:`. Argo Rollouts moves weights, in every
 * VirtualService that carries the split, and marks subsets with the pods they mean (rollout/trafficrouting/istio); Flagger writes the whole of
 * the VirtualService that has its Canary's name (pkg/router/istio.go).
 */
export function ownedObjects({ environment, intents }: LoadedEnvironment, manifests: readonly Manifest[]): readonly OwnedObject[] {
  const services = shiftedServices(environment, intents);
  if (services.length === 0) return [];
  const home = environment.namespace ?? 'default';
  const known = manifests.map((manifest, index): Known => {
    const { kind, name, namespace = home, body, owner } = manifest;
    return {
      manifest,
      index,
      kind,
      name,
      namespace,
      spec: objectOr(body.spec),
      of: owner.kind === 'service' ? `${namespace}/${owner.name}` : '',
    };
  });
  const byHost = routesByHost(
    known.filter(({ kind }) => kind === 'VirtualService'),
    environment.clusterDomain,
  );
  const shifted = services.map((service) => ({
    service,
    splits: new Map(carriersOf(service, byHost).map((one) => [one.object, one.splits])),
  }));
  const all: AllShifted = {
    owners: new Set(services.map(keyOf)),
    routes: new Set(shifted.flatMap(({ splits }) => [...splits.values()].flat().map(({ route }) => route))),
  };
  const own = new Map<string, Known[]>();
  for (const object of known.filter(({ of }) => of !== '')) own.set(object.of, [...(own.get(object.of) ?? []), object]);
  return shifted.flatMap(({ service, splits }) => {
    const mine = new Set(own.get(keyOf(service)) ?? []);
    const concerned = [...new Set([...mine, ...splits.keys()])].sort((a, b) => a.index - b.index);
    return concerned.flatMap((object) =>
      ownedBy(service, object, fieldsOf(service, object, mine.has(object), splits.get(object) ?? [], all)),
    );
  });
}

interface Known extends CarryingObject {
  readonly manifest: Manifest;
  /** Its place among the manifests. */
  readonly index: number;
  readonly kind: string;
  /** 'bookinfo/reviews': the service whose intent asked for it; '' where none did. */
  readonly of: string;
}

/** What of an environment controllers move: whose, and by which routes. */
interface AllShifted {
  readonly owners: ReadonlySet<string>;
  readonly routes: ReadonlySet<RoutePart>;
}

function keyOf({ namespace, name }: Pick<ShiftedService, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function ownedBy({ owner, name: service }: ShiftedService, { manifest }: Known, fields: Fields): readonly OwnedObject[] {
  if (fields.paths.length === 0) return [];
  const { kind, name, namespace, apiVersion } = manifest;
  const at = wordsBehind(manifest, fields);
  const placed = { ...(namespace === undefined ? {} : { namespace }), ...(at === undefined ? {} : { at }) };
  return [{ owner, service, group: apiVersion.split('/')[0] ?? '', kind, name, ...placed, ...fields }];
}

function fieldsOf(service: ShiftedService, object: Known, isOwn: boolean, splits: readonly CarriedSplit[], all: AllShifted): Fields {
  const { kind, spec } = object;
  if (service.owner === 'flagger') return isOwn ? flaggerFields(object, service) : none;
  if (kind === 'DestinationRule') return isOwn ? hashFields(spec) : none;
  return kind === 'VirtualService' ? weightFields(object, splits, all) : none;
}

/** Of a weight the condition of its route, which its own intent has; the weight is the other's. */
function wordsBehind({ provenance, owner, body }: Manifest, { pointers }: Fields): Place | undefined {
  const [route] = pointers[0]?.match(/^\/spec\/(?:http|tls|tcp)\/\d+/) ?? [];
  const [key] = Object.keys(objectOr(listOr(objectOr(valueAt(body, route ?? '')).match)[0]));
  const origin = route === undefined || key === undefined ? undefined : originAt(provenance, `${route}/match/0/${key}`);
  return origin?.at ?? owner.origin.at;
}

type Fields = Pick<OwnedObject, 'pointers' | 'paths' | 'isShared'>;

const none: Fields = { pointers: [], paths: [], isShared: false };

/** Its labels and annotations are those of the Canary, too; Flagger's own annotation keeps Flux away. */
function flaggerFields({ kind, name }: Known, service: ShiftedService): Fields {
  return kind === 'VirtualService' && name === service.name
    ? { pointers: ['/spec'], paths: ['.spec', '.metadata.labels', '.metadata.annotations'], isShared: false }
    : none;
}

const podHash = 'rollouts-pod-template-hash';

function hashFields({ subsets }: JsonObject): Fields {
  const pointers = listOr(subsets).map((_, i) => `/spec/subsets/${i}/labels/${podHash}`);
  return pointers.length === 0 ? none : { pointers, paths: [`.spec.subsets[].labels."${podHash}"`], isShared: false };
}

/** A route that redirects has no destinations; jq stops at one unless it is told not to. */
function weightFields({ spec, of }: Known, splits: readonly CarriedSplit[], { owners, routes }: AllShifted): Fields {
  const lists = (['http', 'tls', 'tcp'] as const).filter((list) => splits.some(({ route }) => route.list === list));
  const isWeighted = routesOf(spec).some((route) => !routes.has(route) && listOr(route.route.route).length > 1);
  return {
    pointers: splits.flatMap(({ entries }) => entries.map((entry): Pointer => `/spec${entry}/weight`)),
    paths: lists.map((list) => {
      const isWhole = routesOf(spec, [list]).every(({ route }) => route.route !== undefined);
      return `.spec.${list}[].route[]${isWhole ? '' : '?'}.weight`;
    }),
    isShared: splits.length > 0 && (!owners.has(of) || isWeighted),
  };
}
