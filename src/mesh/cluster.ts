import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';

/** A port of a Kubernetes Service. */
export interface ServicePort {
  readonly number: number;
  readonly name?: string;
  /** A number, or the name of a container's port. */
  readonly targetPort?: number | string;
  /** `appProtocol`, or else what the name says, as Istio reads it: 'http', 'tcp', …; undefined where neither says. */
  readonly protocol?: string;
}

export interface ClusterService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly ServicePort[];
  /** Empty for a Service whose endpoints someone else manages. */
  readonly selector: JsonObject;
  readonly externalName?: string;
  readonly annotations: JsonObject;
  readonly labels: JsonObject;
}

/** Pods as a template or a Pod describes them. */
export interface Workload {
  /** 'Deployment', 'Pod', … */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The pods' own labels. */
  readonly labels: JsonObject;
  readonly serviceAccount: string;
  /** How many pods; undefined where nothing says (a DaemonSet). */
  readonly replicas?: number;
}

/** A kind of knowledge is complete for a namespace once the input shows any of it there. */
export type Knowledge = 'services' | 'workloads' | 'secrets';

/**
 * What the cluster holds besides Istio's objects, as far as the input shows it. Of a namespace in which the input shows any object of a
 * sort, all are taken to be shown; of another namespace nothing is known, which is not the same as nothing being there.
 */
export interface Cluster {
  readonly services: readonly ClusterService[];
  readonly workloads: readonly Workload[];
  readonly secrets: readonly { readonly name: string; readonly namespace: string; readonly body: JsonObject }[];
  /** Namespaces by name, with their labels; only those that the input has an object of. */
  readonly namespaces: ReadonlyMap<string, JsonObject>;
  readonly knows: (sort: Knowledge, namespace: string) => boolean;
  /** Whether the input shows anything of a sort at all. */
  readonly knowsAny: (sort: Knowledge) => boolean;
}

/** Reads Services, workloads, Namespaces and Secrets; everything else is passed over. `home` is the namespace of objects that name none. */
export function readCluster(objects: Iterable<JsonObject>, home: string): Cluster {
  const services: ClusterService[] = [];
  const workloads: Workload[] = [];
  const secrets: { name: string; namespace: string; body: JsonObject }[] = [];
  const namespaces = new Map<string, JsonObject>();
  for (const object of objects) {
    const { apiVersion, kind } = object;
    const { name, namespace, labels } = objectOr(object.metadata);
    if (typeof name !== 'string') continue;
    const where = typeof namespace === 'string' ? namespace : home;
    if (apiVersion === 'v1' && kind === 'Service') services.push(serviceOf(object, name, where));
    else if (apiVersion === 'v1' && kind === 'Namespace') namespaces.set(name, objectOr(labels));
    else if (apiVersion === 'v1' && kind === 'Secret') secrets.push({ name, namespace: where, body: object });
    else if (apiVersion === 'v1' && kind === 'Pod') workloads.push({ ...workloadOf(object, 'Pod', name, where, object), replicas: 1 });
    else if (typeof kind === 'string' && podOwners.has(kind))
      workloads.push(workloadOf(object, kind, name, where, objectOr(objectOr(object.spec).template)));
  }
  const shown: Readonly<Record<Knowledge, ReadonlySet<string>>> = {
    services: new Set(services.map(({ namespace }) => namespace)),
    workloads: new Set(workloads.map(({ namespace }) => namespace)),
    secrets: new Set(secrets.map(({ namespace }) => namespace)),
  };
  return {
    services,
    workloads,
    secrets,
    namespaces,
    knows: (sort, namespace) => shown[sort].has(namespace),
    knowsAny: (sort) => shown[sort].size > 0,
  };
}

const podOwners: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout']);

function serviceOf(object: JsonObject, name: string, namespace: string): ClusterService {
  const spec = objectOr(object.spec);
  const { annotations, labels } = objectOr(object.metadata);
  return {
    name,
    namespace,
    ports: listOr(spec.ports).flatMap((port) => (isObject(port) && typeof port.port === 'number' ? [portOf(port, port.port)] : [])),
    selector: objectOr(spec.selector),
    ...(spec.type === 'ExternalName' && typeof spec.externalName === 'string' ? { externalName: spec.externalName } : {}),
    annotations: objectOr(annotations),
    labels: objectOr(labels),
  };
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

function workloadOf(object: JsonObject, kind: string, name: string, namespace: string, pod: JsonObject): Workload {
  const { replicas } = objectOr(object.spec);
  const { serviceAccountName, serviceAccount } = objectOr(pod.spec);
  return {
    kind,
    name,
    namespace,
    labels: objectOr(objectOr(pod.metadata).labels),
    serviceAccount: String(serviceAccountName ?? serviceAccount ?? 'default'),
    ...(typeof replicas === 'number' ? { replicas } : kind === 'DaemonSet' ? {} : { replicas: 1 }),
  };
}

/** Whether labels have all that a selector asks for; an empty selector takes everything. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}
