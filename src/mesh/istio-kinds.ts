import type { SchemaValidator } from '../document/validate.ts';
import * as validators from '../generated/validators.js';
import { type DialectShape, modernize, type Rename } from '../istio/dialect.ts';
import type { JsonObject } from '../model/json.ts';

/** The kinds of Istio's that Mainsheet reads, and so checks, wherever they come from. */
export const istioKinds = [
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'Sidecar',
  'WorkloadEntry',
  'WorkloadGroup',
  'AuthorizationPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
] as const;

export type IstioKind = (typeof istioKinds)[number];

interface KindReading {
  /** Judges `spec` in today's spelling; absent for a kind that is only looked at. */
  readonly validator?: SchemaValidator;
  /** How the dialect table names the kind's message; absent where no spelling ever changed. */
  readonly shape?: DialectShape;
}

const readings: Readonly<Record<IstioKind, KindReading>> = {
  VirtualService: { validator: validators.istioVirtualService, shape: 'VirtualService' },
  DestinationRule: { validator: validators.istioDestinationRule, shape: 'DestinationRule' },
  Gateway: { validator: validators.istioGateway, shape: 'Gateway' },
  ServiceEntry: { validator: validators.istioServiceEntry, shape: 'ServiceEntry' },
  Sidecar: { validator: validators.istioSidecar, shape: 'Sidecar' },
  WorkloadEntry: { validator: validators.istioWorkloadEntry },
  WorkloadGroup: { validator: validators.istioWorkloadGroup },
  AuthorizationPolicy: { validator: validators.istioAuthorizationPolicy, shape: 'AuthorizationPolicy' },
  PeerAuthentication: { validator: validators.istioPeerAuthentication },
  RequestAuthentication: {},
};

/** Every kind of Istio's API groups, those included that nothing here reads. */
export const kindsOfGroup: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'networking.istio.io',
    [
      ...['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'WorkloadEntry', 'WorkloadGroup'],
      ...['EnvoyFilter', 'ProxyConfig'],
    ],
  ],
  ['security.istio.io', ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication']],
  ['telemetry.istio.io', ['Telemetry']],
  ['extensions.istio.io', ['WasmPlugin', 'TrafficExtension']],
]);

/** The kind of an object of Istio's own API groups; undefined for everything else, a Gateway of Kubernetes included. */
export function istioKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): IstioKind | undefined {
  const [group = ''] = apiVersion.split('/');
  return kindsOfGroup.get(group)?.includes(kind) === true ? istioKinds.find((known) => known === kind) : undefined;
}

/** How the dialect table names the kind's message; undefined where no spelling ever changed. */
export function shapeOf(kind: IstioKind): DialectShape | undefined {
  return readings[kind].shape;
}

/** The schema that judges a kind's `spec` in today's spelling. */
export function schemaOf(kind: IstioKind): SchemaValidator | undefined {
  return readings[kind].validator;
}

/** A spec in today's spelling, and where each respelled value stood before. */
export function modernSpec(kind: IstioKind, spec: JsonObject): { readonly value: JsonObject; readonly renames: readonly Rename[] } {
  const { shape } = readings[kind];
  return shape === undefined ? { value: spec, renames: [] } : modernize(shape, spec);
}
