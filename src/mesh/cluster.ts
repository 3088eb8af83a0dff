import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { type Rollout, readRollout } from './rollouts.ts';
import { holdsCertificate, type KnownSecret, readSecret } from './secrets.ts';
import { labelIndex, type Named, readMachine, readWorkload, selects, type Workload } from './workloads.ts';

/** A port of a Kubernetes Service. */
export interface ServicePort {
  readonly number: number;
  readonly name?: string;
  /** A number, or the name of a container's port. */
  readonly targetPort?: number | string;
  /** `appProtocol`, or else what the name says, as Istio reads it: 'http', 'tcp', …; undefined where neither says. */
  readonly protocol?: string;
}

export interface ClusterService extends Named {
  /** Whether it is one of the manifests, or `registry:` shows it. */
  readonly from: 'manifests' | 'registry';
  readonly ports: readonly ServicePort[];
  /** Empty for a Service whose endpoints someone else manages. */
  readonly selector: JsonObject;
  readonly externalName?: string;
  /** Its virtual addresses; none of a headless Service, or where only the cluster knows. */
  readonly addresses: readonly string[];
  readonly annotations: JsonObject;
  readonly labels: JsonObject;
}

/**
 * A kind of knowledge is complete for a namespace once the input shows any of it there. `secrets` are those that may be certificates by their
 * sort, `certificates` those that show it, or do not show what they hold.
 */
export type Knowledge = 'services' | 'workloads' | 'secrets' | 'certificates';

/**
 * What the cluster holds besides Istio's objects, as far as the input shows it. Of a namespace in which the input shows any object of a
 * sort, all are taken to be shown; of another namespace nothing is known, which is not the same as nothing being there.
 */
export interface Cluster {
  readonly services: readonly ClusterService[];
  readonly workloads: readonly Workload[];
  /** Machines outside that take part in the mesh: WorkloadEntries, and WorkloadGroups whose entries come when they connect. */
  readonly machines: readonly Workload[];
  readonly secrets: readonly KnownSecret[];
  /** Those that move weights of Istio's objects. */
  readonly rollouts: readonly Rollout[];
  /** Namespaces by name, with their labels; only those that the input has an object of. */
  readonly namespaces: ReadonlyMap<string, JsonObject>;
  readonly knows: (sort: Knowledge, namespace: string) => boolean;
  /** Whether the input shows anything of a sort at all. */
  readonly knowsAny: (sort: Knowledge) => boolean;
  /** Workloads and machines whose labels a selector takes: of all namespaces, or of one, to which those may belong that name none. */
  readonly selected: (selector: JsonObject, namespace?: string) => readonly Workload[];
  /** Services that lead to a workload's pods. */
  readonly servicesOf: (workload: Workload) => readonly ClusterService[];
}

/**
 * Reads Services, workloads, Namespaces and Secrets, and machines among Istio's objects; everything else is passed over.
 * `home` is the namespace of objects that name none: said by someone, or only assumed.
 */
export function readCluster(manifests: readonly JsonObject[], registry: readonly JsonObject[], home: string, isSaid: boolean): Cluster {
  const services: ClusterService[] = [];
  const workloads: Workload[] = [];
  const machines: Workload[] = [];
  const secrets: KnownSecret[] = [];
  const rollouts: Rollout[] = [];
  const namespaces = new Map<string, JsonObject>();
  const own = new Set(manifests);
  for (const object of [...manifests, ...registry]) {
    const { apiVersion, kind } = object;
    const { name, namespace, labels } = objectOr(object.metadata);
    if (typeof name !== 'string') continue;
    const written = typeof namespace === 'string';
    const named = { name, namespace: written ? namespace : home, placed: written || isSaid };
    const rollout = readRollout(object, named);
    if (rollout !== undefined) rollouts.push(rollout);
    const [secret, workload, machine] = [readSecret(object, named), readWorkload(object, named), readMachine(object, named)];
    if (apiVersion === 'v1' && kind === 'Service') services.push(serviceOf(object, named, own.has(object) ? 'manifests' : 'registry'));
    else if (apiVersion === 'v1' && kind === 'Namespace') namespaces.set(name, objectOr(labels));
    else if (secret !== undefined) secrets.push(secret);
    else if (workload !== undefined) workloads.push(workload);
    else if (machine !== undefined) machines.push(machine);
  }
  const shown: Readonly<Record<Knowledge, ReadonlySet<string>>> = {
    services: new Set(services.map(({ namespace }) => namespace)),
    workloads: new Set(workloads.map(({ namespace }) => namespace)),
    secrets: new Set(secrets.filter(({ mayBeCertificate }) => mayBeCertificate).map(({ namespace }) => namespace)),
    certificates: new Set(secrets.filter(holdsCertificate).map(({ namespace }) => namespace)),
  };
  const byLabels = labelIndex([...workloads, ...machines], (workload) => workload.labels);
  const bySelector = servicesBySelector(services);
  return {
    services,
    workloads,
    machines,
    secrets,
    rollouts,
    namespaces,
    knows: (sort, namespace) => shown[sort].has(namespace),
    knowsAny: (sort) => shown[sort].size > 0,
    selected: (selector, namespace) =>
      byLabels.selected(selector).filter((workload) => namespace === undefined || workload.namespace === namespace || !workload.placed),
    servicesOf: (workload) =>
      Object.entries(workload.labels)
        .flatMap(([key, value]) => bySelector.get(`${key}=${String(value)}`) ?? [])
        .filter((service) => maySelect(service, workload)),
  };
}

function maySelect({ selector, namespace, placed }: ClusterService, workload: Workload): boolean {
  return (namespace === workload.namespace || !placed || !workload.placed) && selects(selector, workload.labels);
}

/** Services by the first entry of their selector. */
function servicesBySelector(services: readonly ClusterService[]): ReadonlyMap<string, readonly ClusterService[]> {
  const byFirst = new Map<string, ClusterService[]>();
  for (const service of services) {
    const [first] = Object.entries(service.selector);
    if (first === undefined) continue;
    const key = `${first[0]}=${String(first[1])}`;
    const known = byFirst.get(key);
    if (known === undefined) byFirst.set(key, [service]);
    else known.push(service);
  }
  return byFirst;
}

function serviceOf(object: JsonObject, named: Named, from: ClusterService['from']): ClusterService {
  const spec = objectOr(object.spec);
  const { annotations, labels } = objectOr(object.metadata);
  return {
    ...named,
    from,
    ports: listOr(spec.ports).flatMap((port) => (isObject(port) && typeof port.port === 'number' ? [portOf(port, port.port)] : [])),
    selector: objectOr(spec.selector),
    ...(spec.type === 'ExternalName' && typeof spec.externalName === 'string' ? { externalName: spec.externalName } : {}),
    addresses: addressesOf(spec),
    annotations: objectOr(annotations),
    labels: objectOr(labels),
  };
}

function addressesOf({ clusterIP, clusterIPs }: JsonObject): readonly string[] {
  const written = [clusterIP, ...listOr(clusterIPs)].filter((address) => typeof address === 'string');
  return [...new Set(written)].filter((address) => address !== '' && address !== 'None');
}

function portOf({ name, targetPort, appProtocol, protocol }: JsonObject, number: number): ServicePort {
  const says = typeof appProtocol === 'string' ? appProtocol : typeof name === 'string' ? name.split('-')[0] : undefined;
  return {
    number,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof targetPort === 'number' || typeof targetPort === 'string' ? { targetPort } : {}),
    ...(protocol === 'UDP' ? { protocol: 'udp' } : says === undefined ? {} : { protocol: says }),
  };
}
