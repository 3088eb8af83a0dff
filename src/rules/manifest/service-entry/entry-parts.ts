import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** A host of a ServiceEntry with its place in `spec`. */
export interface HostPart {
  readonly host: string;
  readonly pointer: Pointer;
}

export interface PortPart {
  readonly name: string;
  readonly number: number;
  /** In capitals, as Istio compares protocols; '' where none is written. */
  readonly protocol: string;
  /** '/ports/0' */
  readonly pointer: Pointer;
}

export interface EndpointPart {
  readonly endpoint: JsonObject;
  /** '' where none is written, which Istio takes for the same. */
  readonly address: string;
  /** '/endpoints/0' */
  readonly pointer: Pointer;
}

/** How endpoints are found: what is written, else Istio's default. */
export function resolutionOf({ resolution }: JsonObject): string {
  return typeof resolution === 'string' ? resolution : 'NONE';
}

export function looksUpNames(spec: JsonObject): boolean {
  const resolution = resolutionOf(spec);
  return resolution === 'DNS' || resolution === 'DNS_ROUND_ROBIN';
}

export function hostsOf({ hosts }: JsonObject): readonly HostPart[] {
  return listOr(hosts).map((host, i) => ({ host: String(host), pointer: `/hosts/${i}` }));
}

export function portsOf({ ports }: JsonObject): readonly PortPart[] {
  return listOr(ports).map((port, i) => {
    const { name, number, protocol } = objectOr(port);
    return { name: String(name), number: Number(number), protocol: textOr(protocol).toUpperCase(), pointer: `/ports/${i}` };
  });
}

/** Where a port says its protocol, else the port itself. */
export function protocolPointer({ ports }: JsonObject, { pointer }: PortPart): Pointer {
  const port = listOr(ports)[Number(pointer.slice('/ports/'.length))];
  return isObject(port) && port.protocol !== undefined ? `${pointer}/protocol` : pointer;
}

export function endpointsOf({ endpoints }: JsonObject): readonly EndpointPart[] {
  return listOr(endpoints).map((entry, i) => {
    const endpoint = objectOr(entry);
    return { endpoint, address: textOr(endpoint.address), pointer: `/endpoints/${i}` };
  });
}

export function textOr(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
