import type { Json } from '../../src/model/json.ts';
import { type Traced, traced } from '../../src/model/origin.ts';
import type { View, ViewObject } from '../../src/model/view.ts';

/** A leaf whose origin names it, so that a test can tell leaves apart. */
export function leaf<T extends Json>(value: T, reason = 'test'): Traced<T> {
  return traced(value, { kind: 'derived', reason });
}

/** A leaf that was written at a pointer of an intent. */
export function written(value: Json, pointer: string): Traced {
  return traced(value, { kind: 'intent', at: { file: 'environments/prod/reviews.yaml', document: 0, pointer } });
}

export function metadata(kind: string, fields: { readonly [field: string]: View } = {}): ViewObject {
  const group = kind === 'AuthorizationPolicy' ? 'security' : 'networking';
  return {
    apiVersion: leaf(`${group}.istio.io/v1`),
    name: leaf('reviews'),
    namespace: undefined,
    labels: undefined,
    annotations: undefined,
    ...fields,
  };
}

export function destination(fields: { readonly [field: string]: View }): ViewObject {
  return { host: leaf('reviews'), subset: undefined, port: undefined, weight: undefined, headers: undefined, ...fields };
}

const nothing = [
  'name',
  'match',
  'delegate',
  'redirect',
  'directResponse',
  'rewrite',
  'route',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercentage',
];

export function httpRoute(fields: { readonly [field: string]: View }): ViewObject {
  return { ...Object.fromEntries([...nothing, 'mirrors', 'corsPolicy', 'headers'].map((name) => [name, undefined])), ...fields };
}

export function virtualService(fields: { readonly [field: string]: View }): ViewObject {
  return {
    ...metadata('VirtualService'),
    hosts: undefined,
    gateways: undefined,
    exportTo: undefined,
    http: undefined,
    tls: undefined,
    tcp: undefined,
    ...fields,
  };
}

export function policy(fields: { readonly [field: string]: View }): ViewObject {
  const blocks = [
    'loadBalancer',
    'connectionPool',
    'outlierDetection',
    'tls',
    'tunnel',
    'proxyProtocol',
    'retryBudget',
    'portLevelSettings',
  ];
  return { ...Object.fromEntries(blocks.map((name) => [name, undefined])), ...fields };
}
