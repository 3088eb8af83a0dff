import { type JsonObject, listOr } from '../../../model/json.ts';

/** A VirtualService without hosts is a delegate: another one decides for which hosts and gateways its routes count. */
export function isDelegate({ hosts }: JsonObject): boolean {
  return listOr(hosts).length === 0;
}

/** Whether Istio's validation takes it for one of the mesh: no gateways, or `mesh` among them (validation.go isGateway). */
export function countsForMesh({ gateways }: JsonObject): boolean {
  const names = listOr(gateways);
  return names.length === 0 || names.includes('mesh');
}
