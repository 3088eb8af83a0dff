import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';

/** Pods as a template or a Pod describes them. */
export interface Workload {
  /** 'Deployment', 'Pod', … */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Whether anyone says that this is its namespace. */
  readonly placed: boolean;
  /** The pods' own labels. */
  readonly labels: JsonObject;
  readonly serviceAccount: string;
  /** How many pods; undefined where nothing says: a DaemonSet, or what an autoscaler may scale. */
  readonly replicas?: number;
  readonly ports: readonly ContainerPort[];
  /** Whether its pods listen on their node's own address, past any Service. */
  readonly onHost: boolean;
}

/** Which object it is. One that names no namespace, where nothing else says it, goes wherever whoever applies it decides. */
export interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly placed: boolean;
}

export interface ContainerPort {
  readonly number: number;
  readonly name?: string;
  /** Where it is reached on the node itself. */
  readonly hostPort?: number;
}

/** Owners of pods even where their template is cut short; any other kind is one by its template's containers. */
const podOwners: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'DeploymentConfig',
  'Rollout',
  'Job',
]);

/** The workload that an object is, undefined for anything else. */
export function readWorkload(object: JsonObject, named: Named): Workload | undefined {
  const { apiVersion, kind } = object;
  if (typeof kind !== 'string') return undefined;
  if (kind === 'Pod') return apiVersion === 'v1' ? { ...workloadOf(object, kind, named, object), replicas: 1 } : undefined;
  const spec = objectOr(object.spec);
  const template = kind === 'CronJob' ? objectOr(objectOr(spec.jobTemplate).spec).template : spec.template;
  if (!isObject(template)) return undefined;
  const owns = podOwners.has(kind) || listOr(objectOr(template.spec).containers).length > 0;
  return owns ? workloadOf(object, kind, named, template) : undefined;
}

/** A machine outside the cluster that takes part like a pod: by its labels (Istio: serviceentry/conversion.go). */
export function readMachine(object: JsonObject, named: Named): Workload | undefined {
  const { kind, metadata } = object;
  const spec = objectOr(object.spec);
  if (kind === 'WorkloadEntry') {
    const labels = { ...objectOr(spec.labels), ...objectOr(objectOr(metadata).labels) };
    return { kind, ...named, labels, serviceAccount: accountOf(spec), ports: [], onHost: true };
  }
  if (kind !== 'WorkloadGroup') return undefined;
  const template = objectOr(spec.template);
  const labels = { ...objectOr(template.labels), ...objectOr(objectOr(spec.metadata).labels) };
  return { kind, ...named, labels, serviceAccount: accountOf(template), ports: [], onHost: true };
}

function workloadOf(object: JsonObject, kind: string, named: Named, pod: JsonObject): Workload {
  const { replicas } = objectOr(object.spec);
  const spec = objectOr(pod.spec);
  return {
    kind,
    ...named,
    labels: objectOr(objectOr(pod.metadata).labels),
    serviceAccount: accountOf(spec),
    ...(typeof replicas === 'number' ? { replicas } : {}),
    ports: listOr(spec.containers).flatMap((container) => listOr(objectOr(container).ports).flatMap(portOf)),
    onHost: spec.hostNetwork === true,
  };
}

function accountOf({ serviceAccountName, serviceAccount }: JsonObject): string {
  return String(serviceAccountName ?? serviceAccount ?? 'default');
}

function portOf(port: Json): readonly ContainerPort[] {
  if (!isObject(port) || typeof port.containerPort !== 'number') return [];
  const { containerPort, name, hostPort } = port;
  return [
    {
      number: containerPort,
      ...(typeof name === 'string' ? { name } : {}),
      ...(typeof hostPort === 'number' ? { hostPort } : {}),
    },
  ];
}

/** Whether labels have all that a selector asks for; an empty selector takes everything. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

/** Finds things by their labels without looking at each: by one entry of the selector first. */
export interface LabelIndex<T> {
  /** In their order; an empty selector takes all. */
  readonly selected: (selector: JsonObject) => readonly T[];
}

export function labelIndex<T>(things: readonly T[], labelsOf: (thing: T) => JsonObject): LabelIndex<T> {
  const byEntry = new Map<string, T[]>();
  for (const thing of things) {
    for (const [key, value] of Object.entries(labelsOf(thing))) {
      const known = byEntry.get(`${key}=${String(value)}`);
      if (known === undefined) byEntry.set(`${key}=${String(value)}`, [thing]);
      else known.push(thing);
    }
  }
  return {
    selected: (selector) => {
      const entries = Object.entries(selector);
      const lists = entries.map(([key, value]) => byEntry.get(`${key}=${String(value)}`) ?? []);
      const fewest = lists.reduce<readonly T[] | undefined>(
        (best, list) => (best === undefined || list.length < best.length ? list : best),
        undefined,
      );
      return fewest === undefined ? things : fewest.filter((thing) => selects(selector, labelsOf(thing)));
    },
  };
}

/** Labels that are not written in a template, because the cluster, Istio or a controller sets them on running pods. */
const setLater =
  /^(?:(?:topology|statefulset|apps|batch|failure-domain\.beta)\.kubernetes\.io\/|kubernetes\.io\/|(?:[a-z-]+\.)?istio\.io\/|(?:rollouts-)?pod-template-hash$|controller-revision-hash$|pod-template-generation$|job-name$)/;

/** The part of a selector that templates can answer. */
export function writtenLabels(selector: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(selector).filter(([key]) => !setLater.test(key)));
}
