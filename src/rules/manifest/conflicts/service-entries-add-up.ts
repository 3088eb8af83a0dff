import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { type Json, listOr, objectOr, sameJson } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { type EntryHost, entryHosts } from './entry-hosts.ts';
import { sameObject } from './same-object.ts';

/**
 * Two ServiceEntries of one host and namespace are joined if they are resolved, exported, labelled and filled alike; otherwise the older one
 * alone counts, and a port that only the other has gets a listener that leads nowhere. The older says also where the host is (Istio:
 * pilot/pkg/model/sidecar.go appendSidecarServices, canMergeServices). Kiali's KIA1211 asks for one ServiceEntry for each host and port.
 */
export const serviceEntriesAddUp = defineMeshRule<{ id: string; other: string; host: string; words: readonly string[] }>({
  code: 'MS5812',
  name: 'service-entries-add-up',
  severity: 'warning',
  alias: 'KIA1211',
  summary: ({ id, other, host, words }) => `${id} and ${other} both declare ${host}, but differ in ${listWords(words)}`,
  why: 'Istio joins such ServiceEntries only if these words are the same; else the older one decides, and requests to ports that only the other has fail with 503. Git does not know which is older.',
  fix: 'Declare the host in one ServiceEntry, or write these words alike in both.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(mesh, report) {
    const known = new Map<string, EntryHost[]>();
    const reported = new Set<MeshObject>();
    for (const entry of entryHosts(mesh)) {
      const { object, host, pointer } = entry;
      const key = `${object.namespace} ${host}`;
      const group = known.get(key) ?? [];
      known.set(key, group);
      const first = group.find((one) => !sameObject(one.object, object) && differences(one, entry).length > 0);
      group.push(entry);
      if (first === undefined || reported.has(object)) continue;
      reported.add(object);
      const params = { id: titleOf(object), other: titleOf(first.object), host, words: differences(first, entry) };
      report(object, { params, pointer, related: [{ message: 'the other one', at: first.object.at(first.pointer) }] });
    }
  },
});

/** What keeps two from being joined, where that makes a difference. */
function differences(a: EntryHost, b: EntryHost): readonly string[] {
  const [one, other] = [a.object.spec, b.object.spec];
  const always = [
    ...((one.resolution ?? 'NONE') === (other.resolution ?? 'NONE') ? [] : ['`resolution`']),
    ...((one.location ?? 'MESH_EXTERNAL') === (other.location ?? 'MESH_EXTERNAL') ? [] : ['`location`']),
  ];
  if (numbers(a) === numbers(b)) return always;
  return [
    ...always,
    ...(words(one.exportTo) === words(other.exportTo) ? [] : ['`exportTo`']),
    ...(sameJson(objectOr(one.workloadSelector).labels, objectOr(other.workloadSelector).labels) ? [] : ['`workloadSelector`']),
    ...(sameJson(labels(a.object), labels(b.object)) ? [] : ['`metadata.labels`']),
  ];
}

function numbers({ ports }: EntryHost): string {
  return [...new Set(ports.map(({ number }) => number))].sort((a, b) => a - b).join(' ');
}

function words(exportTo: Json | undefined): string {
  return [...new Set(listOr(exportTo).map(String))].sort().join(' ');
}

function labels({ manifest }: MeshObject): Json {
  return objectOr(objectOr(manifest.body.metadata).labels);
}
