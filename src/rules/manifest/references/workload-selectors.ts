import type { IstioKind } from '../../../mesh/istio-kinds.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** Where each kind says which pods it is for; the labels of Gateways are looked for in all namespaces, and not among these. */
const places: Readonly<Partial<Record<IstioKind, readonly [word: string, labels: string]>>> = {
  Sidecar: ['workloadSelector', 'labels'],
  ServiceEntry: ['workloadSelector', 'labels'],
  DestinationRule: ['workloadSelector', 'matchLabels'],
  AuthorizationPolicy: ['selector', 'matchLabels'],
  PeerAuthentication: ['selector', 'matchLabels'],
  RequestAuthentication: ['selector', 'matchLabels'],
};

export const selectingKinds: readonly IstioKind[] = [
  'Sidecar',
  'ServiceEntry',
  'DestinationRule',
  'AuthorizationPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
];

export interface WorkloadSelector {
  readonly labels: JsonObject;
  readonly pointer: Pointer;
}

/** The labels by which an object selects pods of its namespace; undefined where it names none and so is for all of them. */
export function workloadSelectorOf({ kind, spec }: MeshObject): WorkloadSelector | undefined {
  const [word, inner] = places[kind] ?? [];
  if (word === undefined || inner === undefined) return undefined;
  const labels = objectOr(objectOr(spec[word])[inner]);
  return Object.keys(labels).length === 0 ? undefined : { labels, pointer: `/${word}/${inner}` };
}
