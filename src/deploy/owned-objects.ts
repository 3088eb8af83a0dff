import { routesOf } from '../istio/virtual-service-parts.ts';
import { type CarriedSplit, carriedSplits } from '../mesh/carried-splits.ts';
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
  return shiftedServices(environment, intents).flatMap((service) =>
    manifests.flatMap((manifest): readonly OwnedObject[] => {
      const home = environment.namespace ?? 'default';
      const isOwn =
        manifest.owner.kind === 'service' && manifest.owner.name === service.name && (manifest.namespace ?? home) === service.namespace;
      const fields =
        service.owner === 'flagger' ? flaggerFields(manifest, service, isOwn) : rolloutsFields(manifest, service, isOwn, environment);
      const { kind, name, namespace } = manifest;
      const group = manifest.apiVersion.split('/')[0] ?? '';
      const { owner } = service;
      if (fields.paths.length === 0) return [];
      const at = wordsBehind(manifest, fields);
      const placed = { ...(namespace === undefined ? {} : { namespace }), ...(at === undefined ? {} : { at }) };
      return [{ owner, service: service.name, group, kind, name, ...placed, ...fields }];
    }),
  );
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
function flaggerFields({ kind, name }: Manifest, service: ShiftedService, isOwn: boolean): Fields {
  return isOwn && kind === 'VirtualService' && name === service.name
    ? { pointers: ['/spec'], paths: ['.spec', '.metadata.labels', '.metadata.annotations'], isShared: false }
    : none;
}

function rolloutsFields(
  manifest: Manifest,
  service: ShiftedService,
  isOwn: boolean,
  { clusterDomain, namespace: home = 'default' }: LoadedEnvironment['environment'],
): Fields {
  const { kind, namespace = home } = manifest;
  const spec = objectOr(manifest.body.spec);
  if (kind === 'DestinationRule') return isOwn ? hashFields(spec) : none;
  return kind === 'VirtualService' ? weightFields(spec, carriedSplits(spec, namespace, service, clusterDomain), isOwn) : none;
}

const podHash = 'rollouts-pod-template-hash';

function hashFields({ subsets }: JsonObject): Fields {
  const pointers = listOr(subsets).map((_, i) => `/spec/subsets/${i}/labels/${podHash}`);
  return pointers.length === 0 ? none : { pointers, paths: [`.spec.subsets[].labels."${podHash}"`], isShared: false };
}

/** A route that redirects has no destinations; jq stops at one unless it is told not to. */
function weightFields(spec: JsonObject, splits: readonly CarriedSplit[], isOwn: boolean): Fields {
  const carrying = new Set(splits.map(({ route }) => route));
  const lists = (['http', 'tls', 'tcp'] as const).filter((list) => splits.some(({ route }) => route.list === list));
  const isWeighted = routesOf(spec).some((route) => !carrying.has(route) && listOr(route.route.route).length > 1);
  return {
    pointers: splits.flatMap(({ entries }) => entries.map((entry): Pointer => `/spec${entry}/weight`)),
    paths: lists.map((list) => {
      const isWhole = routesOf(spec, [list]).every(({ route }) => route.route !== undefined);
      return `.spec.${list}[].route[]${isWhole ? '' : '?'}.weight`;
    }),
    isShared: splits.length > 0 && (!isOwn || isWeighted),
  };
}
