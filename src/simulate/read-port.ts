import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { HostPort } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { objectOr } from '../model/json.ts';
import { didYouMean, listWords } from '../model/names.ts';
import type { UnreadableWords } from '../model/request-words.ts';
import { isTls } from './gateway-servers.ts';
import { calledHost, carries } from './mesh-hosts.ts';

/** The port that is meant where none is written, and what to say of it. */
export interface TakenPort {
  readonly port: number;
  readonly notes: readonly string[];
}

/** The usual port where the host has it, otherwise the only one that carries the protocol; several are a question. */
export function meshPort(
  host: string,
  namespace: string,
  protocol: 'http' | 'tls' | 'tcp',
  usual: number,
  mesh: Mesh,
): TakenPort | UnreadableWords {
  const called = calledHost(host, namespace, mesh, () => true);
  const ports = called?.owners.flatMap((owner) => owner.ports ?? []) ?? [];
  const fitting = ports.filter((port) => speaks(port, protocol));
  if (protocol !== 'tcp' && (fitting.length === 0 || fitting.some(({ number }) => number === usual))) return { port: usual, notes: [] };
  const offered = [...new Map((fitting.length > 0 ? fitting : ports).map((port) => [port.number, port])).values()];
  const [only, ...more] = offered;
  if (only !== undefined && more.length === 0)
    return { port: only.number, notes: [`no port was given; ${host} has one that fits, ${portName(only)}, which is taken`] };
  if (only === undefined) return { what: `a TCP connection to ${host} needs a port`, help: [`write ${host}:3306`] };
  return {
    what: `which port of ${host}? There are ${listWords(offered.map(portName))}`,
    help: [`write it behind the host: ${host}:${only.number}`],
  };
}

function speaks({ protocol }: HostPort, wanted: 'http' | 'tls' | 'tcp'): boolean {
  const carried = carries(protocol);
  return carried === 'sniffed' || carried === wanted || (wanted === 'tcp' && carried !== 'http');
}

function portName({ number, name }: HostPort): string {
  return name === undefined ? String(number) : `${number} (${name})`;
}

/** The usual port where a server of the gateway listens on it, otherwise the only one that it listens on. */
export function gatewayPort({ id, written }: KnownGateway, usual: number, mesh: Mesh): TakenPort | UnreadableWords {
  const numbers = [...new Set(written.map((server) => objectOr(server.port).number).filter((number) => typeof number === 'number'))];
  if (numbers.length === 0 || numbers.includes(usual)) return { port: usual, notes: [] };
  const [only, ...more] = numbers;
  if (only !== undefined && more.length === 0)
    return { port: only, notes: [`no port was given; ${shortGateway(id, mesh)} listens on ${only} alone, which is taken`] };
  return {
    what: `which port of ${shortGateway(id, mesh)}? It listens on ${listWords(numbers.map(String))}`,
    help: [`write it behind the host, as in :${only}`],
  };
}

/** Whether only TLS is spoken on a port of the gateway, so that a URL without a scheme means https. */
export function opensTls({ written }: KnownGateway, port: number): boolean {
  const open = written.filter((server) => objectOr(server.port).number === port);
  return open.length > 0 && open.every(isTls);
}

/** A gateway by 'namespace/name', or by its name: in the caller's namespace, in the mesh's own, or where there is only one of the name. */
export function gatewayNamed(written: string, namespace: string, mesh: Mesh): KnownGateway | UnreadableWords {
  const places = written.includes('/') ? [''] : [namespace, mesh.home];
  for (const place of places) {
    const answer = mesh.gateways.find(written, place);
    if (answer.known === 'yes') return answer.gateway;
  }
  const ids = mesh.gateways.all.map(({ id }) => id);
  const named = written.includes('/') ? [] : ids.filter((id) => id.endsWith(`/${written}`));
  const [only, ...more] = named;
  const found = more.length > 0 ? undefined : mesh.gateways.all.find(({ id }) => id === only);
  if (found !== undefined) return found;
  if (more.length > 0) return { what: `which gateway ${written}? There are ${listWords(named)}`, help: [`write --via ${only}`] };
  const known = ids.length === 0 ? 'there is none' : `there ${ids.length === 1 ? 'is' : 'are'} ${listWords(ids.slice(0, 8))}`;
  const near = didYouMean(written, written.includes('/') ? ids : ids.map((id) => id.slice(id.indexOf('/') + 1)));
  return { what: `no gateway "${written}": ${known}`, help: near };
}

function shortGateway(id: string, { home }: Mesh): string {
  return id.startsWith(`${home}/`) ? id.slice(home.length + 1) : id;
}
