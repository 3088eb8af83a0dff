import { qualifiedHost } from '../istio/host.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { SharedDestination } from '../model/read-back.ts';
import { portNamed } from './ports-meant.ts';
import type { Party, World } from './world.ts';

/** How requests arrive at a party: at a sidecar or a gateway, and which of its ports they are for (undefined: whichever Istio takes). */
export interface Arrival {
  readonly gateway: boolean;
  readonly port: number | undefined;
}

type Share = readonly [subset: string | undefined, percent: number];

/** Everyone whom no pin names: `split`, or `stable` with its canary, or every version alike. Parts of nothing get nothing. */
export function sharesMeant({ words: { split, stable, canary } }: Party): readonly Share[] {
  if (split !== undefined) return Object.entries(split).filter(([, percent]) => percent > 0);
  if (stable === undefined) return [[undefined, 100]];
  const percent = canary?.version === undefined ? 0 : (canary.percent ?? 0);
  const both: readonly Share[] = [
    [stable, 100 - percent],
    [canary?.version, percent],
  ];
  return both.filter(([, part]) => part > 0);
}

export function ownDestinations(party: Party, shares: readonly Share[], arrival: Arrival): readonly SharedDestination[] {
  const port = leavingPort(party, arrival.port);
  return shares.map(([subset, percent]) => destination(party.host, subset, port, percent));
}

export function destination(host: string, subset: string | undefined, port: number | undefined, percent: number): SharedDestination {
  return { host, ...(subset === undefined ? {} : { subset }), ...(port === undefined ? {} : { port }), percent };
}

/** `originateTls: {form: rewrite}`: what arrives at the http port leaves by the TLS port. */
function leavingPort({ words, ports }: Party, port: number | undefined): number | undefined {
  if (words.originateTls?.form !== 'rewrite') return port;
  const arriving = ports.find(({ number }) => number === port);
  return arriving?.layer === 'tls' ? port : (ports.find(({ layer }) => layer === 'tls')?.number ?? port);
}

/** `to` (or `mirror`) read: versions of the party itself, another party, or a host. */
export type Goal =
  | { readonly kind: 'own'; readonly shares: readonly Share[] }
  | { readonly kind: 'party'; readonly party: Party; readonly port: number | undefined }
  | { readonly kind: 'host'; readonly host: string; readonly subset: string | undefined; readonly port: number | undefined };

export function goalOf(world: World, party: Party, to: Json): Goal | undefined {
  if (typeof to === 'string') return { kind: 'own', shares: [[to, 100]] };
  if (!isObject(to)) return undefined;
  if (typeof to.service === 'string') return partyGoal(world.party('service', to.service, party.home), to);
  if (typeof to.external === 'string') return partyGoal(world.party('external', to.external, party.home), to);
  if (typeof to.host === 'string') {
    const host = qualifiedHost(to.host, party.home, world.environment.clusterDomain);
    const port = portNumber(to.port) ?? portNamed(world.ofHost(host)?.ports ?? [], undefined)?.number;
    return { kind: 'host', host, subset: typeof to.subset === 'string' ? to.subset : undefined, port };
  }
  return {
    kind: 'own',
    shares: Object.entries(to).flatMap(([name, part]): Share[] => (typeof part === 'number' && part > 0 ? [[name, part]] : [])),
  };
}

function partyGoal(party: Party | undefined, { port }: JsonObject): Goal | undefined {
  if (party === undefined) return undefined;
  const number = portNamed(party.ports, port)?.number ?? (party.ports.length === 0 && typeof port === 'number' ? port : undefined);
  return { kind: 'party', party, port: number };
}

/** `8080`, or Istio's own `{number: 8080}`. */
export function portNumber(port: Json | undefined): number | undefined {
  const number = isObject(port) ? port.number : port;
  return typeof number === 'number' ? number : undefined;
}

/** Where an unnamed port of another host leads: in the mesh the called one; at a gateway Istio chooses. */
export function asCalled({ gateway, port }: Arrival): number | undefined {
  return gateway ? undefined : port;
}
