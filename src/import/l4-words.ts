import { type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { readLegs } from './http-entry.ts';
import type { ServiceFrame } from './service-frame.ts';
import { type Shares, sameShares, sharesIn } from './shares.ts';
import { isUnsaid, type Unsaid, unsaid } from './unsaid.ts';

/** The tls and tcp routes of a VirtualService: one for each port, all with the same shares. */
export interface L4Words {
  readonly shares?: Shares;
  readonly ports: readonly { readonly number: number; readonly layer: 'tls' | 'tcp' }[];
}

export function l4Words(spec: JsonObject, hosts: readonly string[], frame: ServiceFrame): L4Words | Unsaid {
  const ports: { number: number; layer: 'tls' | 'tcp' }[] = [];
  let shares: Shares | undefined;
  for (const layer of ['tls', 'tcp'] as const) {
    for (const [i, route] of listOr(spec[layer]).entries()) {
      const pointer = `/${layer}/${i}`;
      const { match, route: list, ...others } = objectOr(route);
      if (Object.keys(others).length > 0) return unsaid(pointer, `intents have no word for \`${Object.keys(others)[0]}\` there`);
      const [only, ...more] = listOr(match).map(objectOr);
      const legs = readLegs(list, `${pointer}/route`, frame.qualify);
      if (isUnsaid(legs)) return legs;
      const number = only?.port ?? legs[0]?.port;
      const asked = layer === 'tcp' ? {} : { sniHosts: hosts };
      const { port: _port, ...conditions } = only ?? {};
      const isPlain =
        more.length === 0 && typeof number === 'number' && (only === undefined ? layer === 'tcp' : sameSni(conditions, asked));
      if (!isPlain || typeof number !== 'number') return unsaid(`${pointer}/match`, 'an intent matches connections by port and host alone');
      const own = sharesIn(legs, frame.fqdn);
      if (own === undefined || legs.some(({ port }) => port !== undefined && port !== number))
        return unsaid(`${pointer}/route`, 'it leads connections to other hosts or ports');
      if (shares !== undefined && !sameShares(shares, own)) return unsaid(`${pointer}/route`, 'its ports are shared out differently');
      shares = own;
      if (!ports.some((port) => port.number === number)) ports.push({ number, layer });
    }
  }
  return { ports, ...(shares === undefined ? {} : { shares }) };
}

function sameSni(conditions: JsonObject, asked: JsonObject): boolean {
  // Of an external with several hosts each route names one.
  if (listOr(asked.sniHosts).length > 1) return Object.keys(conditions).join() === 'sniHosts';
  return sameJson(conditions, asked);
}
