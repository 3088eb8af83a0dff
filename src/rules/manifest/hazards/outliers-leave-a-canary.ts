import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { blockFor, hostKey, rulesOfHosts } from './rules-of-hosts.ts';
import { divisionsOf, living, sumOf } from './shares.ts';

/** What few pods are, and what share of requests is likely served by few where nothing tells how many. */
const FEW = 2;
const SMALL_PERCENT = 10;

/**
 * Ejection counts within a subset. Of one or two pods Envoy ejects one all the same, with the panic threshold off, which `minHealthPercent`
 * would turn on; the locality may change as well (istio/istio#39477; Envoy: outlier detection, "at least one host").
 */
export const outliersLeaveACanary = defineMeshRule<{ id: string; subset: string; host: string; why: string }>({
  code: 'MS5904',
  name: 'outliers-leave-a-canary',
  severity: 'warning',
  summary: ({ id, subset, host, why }) =>
    `outlier detection of ${id} may eject every pod of the subset \`${subset}\` of ${host}, which ${why}`,
  why: 'Ejection counts within the subset: where it has one or two pods, a few errors leave its share of requests with 503 or with a single pod.',
  fix: 'Give the subset a `trafficPolicy` with `outlierDetection: {minHealthPercent: 50}` or more pods, or detect outliers only once it has grown.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule'],
  check(mesh, report) {
    const rules = rulesOfHosts(mesh);
    const reported = new Set<string>();
    for (const object of mesh.ofKind('VirtualService')) {
      if (!object.wellFormed) continue;
      for (const { host, subset, percent, pointer } of canariesIn(object)) {
        const key = hostKey(mesh, host, object);
        for (const rule of rules.about(key)) {
          const block = blockFor(rule.spec, subset, 'outlierDetection');
          const why = block === undefined || !mayEmpty(block.value) ? undefined : fewPods(mesh, rule, key, subset, percent);
          if (block === undefined || why === undefined || reported.has(`${titleOf(rule)} ${subset}`)) continue;
          reported.add(`${titleOf(rule)} ${subset}`);
          const params = { id: titleOf(rule), subset, host: key, why };
          // A rule that only the registry shows is not judged here; its canary is.
          if (isShownOnly(rule)) report(object, { params, pointer });
          else report(rule, { params, pointer: block.pointer, part: 'key', related: [{ message: 'its share', at: object.at(pointer) }] });
        }
      }
    }
  },
});

interface Canary {
  readonly host: Json | undefined;
  readonly subset: string;
  readonly percent: number;
  /** Of its weight. */
  readonly pointer: string;
}

/** The subsets to which an object sends less than half of a route's requests. */
const canariesIn = rememberedFor(({ spec }: MeshObject): readonly Canary[] =>
  divisionsOf(spec).flatMap(({ shares }) =>
    living(shares).flatMap(({ destination: { host, subset }, weight = 0, pointer }): readonly Canary[] => {
      const percent = (100 * weight) / sumOf(shares);
      return shares.length < 2 || typeof subset !== 'string' || percent >= 50
        ? []
        : [{ host, subset, percent, pointer: `${pointer}/weight` }];
    }),
  ),
);

function mayEmpty({ minHealthPercent, maxEjectionPercent }: JsonObject): boolean {
  return (minHealthPercent === undefined || minHealthPercent === 0) && maxEjectionPercent !== 0;
}

/** Why the subset is small, as far as anything tells. */
function fewPods(mesh: Mesh, rule: MeshObject, host: string, subset: string, percent: number): string | undefined {
  const pods = podsOf(mesh, rule, host, subset);
  if (pods === undefined) return percent < SMALL_PERCENT ? `gets ${Number(percent.toFixed(2))} % of requests` : undefined;
  return pods > 0 && pods <= FEW ? `has ${pods === 1 ? 'one pod' : `${pods} pods`}` : undefined;
}

/** How many pods a subset has; undefined where the input does not tell. */
function podsOf(mesh: Mesh, { spec }: MeshObject, host: string, name: string): number | undefined {
  const service = mesh.hosts.named(host).find(({ from }) => from === 'Service');
  const subset = listOr(spec.subsets).find((one) => isObject(one) && one.name === name);
  if (service?.selector === undefined || !isObject(subset) || !mesh.cluster.knows('workloads', service.namespace)) return undefined;
  const wanted = { ...service.selector, ...objectOr(subset.labels) };
  const found = mesh.cluster.selected(wanted, service.namespace);
  const counts = found.map(({ replicas }) => replicas);
  return counts.length === 0 || counts.includes(undefined) ? undefined : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function isShownOnly({ manifest }: MeshObject): boolean {
  return manifest.owner.kind === 'registry';
}
