import { qualifiedHost } from '../../istio/names.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../model/json.ts';
import { type Manifest, manifestId, originAt } from '../../model/manifest.ts';
import { didYouMean, listWords } from '../../model/names.ts';
import type { Pointer } from '../../model/pointer.ts';
import { defineRule } from '../rule.ts';
import type { ManifestSubject } from '../subjects.ts';

/** Every subset that a route leads to must be declared by a DestinationRule of its host; otherwise Envoy answers 503. */
export const knownSubset = defineRule({
  code: 'MS5001',
  name: 'known-subset',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, subset, host, declared }: { id: string; subset: string; host: string; declared: readonly string[] }) =>
    `${id} leads to the subset \`${subset}\` of ${host}, which ${declared.length === 0 ? 'no DestinationRule here declares' : `declares only ${listWords(declared)}`}`,
  why: 'Istio finds no endpoints for an undeclared subset, so every request that is sent there fails with 503.',
  fix: 'Declare the version under `versions:` of the service, or lead to a declared one.',
  since: '0.1.0',
  check({ environment, manifests }: ManifestSubject, report) {
    const subsets = declaredSubsets(manifests, environment.clusterDomain);
    for (const manifest of manifests.filter(({ kind }) => kind === 'VirtualService')) {
      for (const { host, subset, pointer } of destinations(manifest)) {
        const declared = subsets.get(qualifiedHost(host, manifest.namespace, environment.clusterDomain));
        if (declared?.has(subset) === true) continue;
        const known = [...(declared ?? [])];
        const at = originAt(manifest.provenance, `${pointer}/subset`)?.at ?? manifest.owner.origin.at;
        report({ params: { id: manifestId(manifest), subset, host, declared: known }, at, hints: didYouMean(subset, known) });
      }
    }
  },
});

/** Subsets by fully qualified host; rules of one host in several namespaces are taken together. */
function declaredSubsets(manifests: readonly Manifest[], domain: string): ReadonlyMap<string, ReadonlySet<string>> {
  const byHost = new Map<string, Set<string>>();
  for (const { namespace, body } of manifests.filter(({ kind }) => kind === 'DestinationRule')) {
    const spec = objectOr(body.spec);
    const host = qualifiedHost(String(spec.host), namespace, domain);
    const names = listOr(spec.subsets).flatMap((subset) => (isObject(subset) ? [String(subset.name)] : []));
    byHost.set(host, new Set([...(byHost.get(host) ?? []), ...names]));
  }
  return byHost;
}

interface SubsetUse {
  readonly host: string;
  readonly subset: string;
  readonly pointer: Pointer;
}

function destinations({ body }: Manifest): readonly SubsetUse[] {
  const spec = objectOr(body.spec);
  return ['http', 'tls', 'tcp'].flatMap((list) =>
    listOr(spec[list]).flatMap((route, i) => (isObject(route) ? routeUses(route, `/spec/${list}/${i}`) : [])),
  );
}

function routeUses(route: JsonObject, pointer: Pointer): readonly SubsetUse[] {
  const led = listOr(route.route).flatMap((item, i) => use(objectOr(item).destination, `${pointer}/route/${i}/destination`));
  const mirrors = listOr(route.mirrors).flatMap((item, i) => use(objectOr(item).destination, `${pointer}/mirrors/${i}/destination`));
  return [...led, ...use(route.mirror, `${pointer}/mirror`), ...mirrors];
}

function use(destination: Json | undefined, pointer: Pointer): readonly SubsetUse[] {
  const { host, subset } = objectOr(destination);
  return typeof host === 'string' && typeof subset === 'string' ? [{ host, subset, pointer }] : [];
}
