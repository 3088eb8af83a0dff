import { type JsonObject, listOr } from '../../../model/json.ts';

/** A VirtualService without hosts is a delegate: another one decides for which hosts and gateways its routes count. */
export function isDelegate({ hosts }: JsonObject): boolean {
  return listOr(hosts).length === 0;
}
