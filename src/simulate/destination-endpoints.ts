import type { KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { compact, type Json, type JsonObject, listOr, objectOr, stableJson } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';

/**
 * Who answers at a destination, as far as the manifests say: the labels of its subset, and what the objects behind the host say of its
 * endpoints. Two destinations of one name and different endpoints are different places. What only `registry:` shows is no part of it: it
 * is the same before and after any change.
 */
export function endpointsAt(owners: readonly KnownHost[], port: number, labels: JsonObject | undefined, mesh: Mesh): JsonObject {
  const asked = labels !== undefined && Object.keys(labels).length > 0 ? labels : undefined;
  const said = owners.flatMap((owner) => ofEntry(owner, port, asked, mesh) ?? ofService(owner, port, asked, mesh) ?? []);
  const from = said.map(stableJson);
  const distinct = said.filter((one, i) => from.indexOf(stableJson(one)) === i);
  return compact({ labels: asked, behind: distinct.length === 0 ? undefined : distinct });
}

function ofEntry({ object }: KnownHost, number: number, labels: JsonObject | undefined, mesh: Mesh): JsonObject | undefined {
  if (object === undefined) return undefined;
  const { spec, namespace } = object;
  const port = objectOr(listOr(spec.ports).find((one) => objectOr(one).number === number));
  const written = listOr(spec.endpoints).filter((one) => carriesLabels(objectOr(objectOr(one).labels), labels));
  const selector = objectOr(objectOr(spec.workloadSelector).labels);
  const machines = spec.workloadSelector === undefined ? [] : machinesOf(selector, labels, namespace, mesh);
  const protocol = typeof port.protocol === 'string' ? port.protocol.toUpperCase() : undefined;
  const isHttp = protocol !== undefined && /^(HTTP|HTTP2|GRPC|GRPC-WEB)$/.test(protocol);
  return compact({
    // Names outside are what is asked for where nothing else stands for them.
    resolution: spec.resolution ?? 'NONE',
    location: spec.location ?? 'MESH_EXTERNAL',
    protocol,
    targetPort: typeof port.targetPort === 'number' ? port.targetPort : number,
    addresses: isHttp || listOr(spec.addresses).length === 0 ? undefined : spec.addresses,
    endpoints: written.length === 0 ? undefined : sorted(written.map((one) => endpointOf(objectOr(one), String(port.name ?? '')))),
    selector: spec.workloadSelector === undefined ? undefined : selector,
    machines: machines.length === 0 ? undefined : machines,
    subjectAltNames: listOr(spec.subjectAltNames).length === 0 ? undefined : spec.subjectAltNames,
  });
}

function ofService({ service, namespace }: KnownHost, number: number, labels: JsonObject | undefined, mesh: Mesh): JsonObject | undefined {
  if (service === undefined || service.from === 'registry') return undefined;
  const machines = Object.keys(service.selector).length === 0 ? [] : machinesOf(service.selector, labels, namespace, mesh);
  const port = service.ports.find((one) => one.number === number);
  return compact({
    selector: service.selector,
    targetPort: port?.targetPort ?? number,
    protocol: port?.protocol?.toUpperCase(),
    externalName: service.externalName,
    machines: machines.length === 0 ? undefined : machines,
  });
}

/** Of several endpoints' ports only the one that is asked for counts. */
function endpointOf({ address, ports, weight, network, locality, labels }: JsonObject, portName: string): JsonObject {
  return compact({ address, port: objectOr(ports)[portName], weight, network, locality, labels });
}

/** WorkloadEntries that a selector and the labels of a subset take. */
function machinesOf(selector: JsonObject, labels: JsonObject | undefined, namespace: string, mesh: Mesh): readonly Json[] {
  const machines = mesh.shown('WorkloadEntry').filter((one) => {
    const own = { ...objectOr(one.spec.labels), ...objectOr(objectOr(one.manifest.body.metadata).labels) };
    return one.namespace === namespace && carriesLabels(own, selector) && carriesLabels(own, labels);
  });
  return sorted(
    machines.map(({ spec }) => compact({ address: spec.address, ports: spec.ports, weight: spec.weight, network: spec.network })),
  );
}

function carriesLabels(own: JsonObject, asked: JsonObject | undefined): boolean {
  return Object.entries(asked ?? {}).every(([key, value]) => own[key] === value);
}

function sorted(all: readonly JsonObject[]): readonly Json[] {
  return [...all].sort((a, b) => byCodePoint(stableJson(a), stableJson(b)));
}
