import { type ExposureWords, gatewayWords } from '../model/words.ts';
import type { Clause } from './clauses.ts';
import { exposureClauses, isShared } from './exposures-meant.ts';
import { fieldsSaid, innerOver, settled } from './fields-meant.ts';
import { portNamed } from './ports-meant.ts';
import { meeting } from './served-by.ts';
import type { Vantage } from './vantage.ts';
import type { Door, Word, World } from './world.ts';

/** The hosts that a gateway shares among services: each item in turn, what the service itself says before what the item says. */
export function sharedVantages(world: World, door: Door): readonly Vantage[] {
  const lists = Object.entries(gatewayWords(door.intent).hosts ?? {});
  return lists.flatMap(([host, items]) => {
    const clauses = items.flatMap((item, i): readonly Clause[] => {
      const party = world.party('service', item.service, door.home);
      if (party === undefined) return [];
      const index = (party.words.expose ?? []).findIndex(
        (one) => world.door(one.gateway, party.home) === door && isShared(world, door, party, one),
      );
      const exposure: ExposureWords = party.words.expose?.[index] ?? { gateway: door.intent.name };
      const port = portNamed(party.ports, item.port ?? exposure.port)?.number;
      if (port === undefined) return [];
      const own = exposureClauses(world, party, exposure, `/expose/${index}`, port);
      const outer = settled(fieldsSaid(world, { ...party, home: door.home }, item, { gateway: true, port }));
      const { match = [] } = item;
      const word: Word = { intent: door.intent, pointer: `/hosts/${host.replaceAll('~', '~0').replaceAll('/', '~1')}/${i}` };
      return own.map((clause) => ({
        ...clause,
        within: match.length === 0 ? clause.within : [match, ...clause.within],
        fields: innerOver(outer, clause.fields),
        ...(party.intent === door.intent ? { word } : {}),
      }));
    });
    const numbers = door.servers.length === 0 ? [80] : serverNumbers(door, host.toLowerCase());
    const word: Word = { intent: door.intent, pointer: `/hosts/${host}`, part: 'key' };
    return numbers.map((port) => ({ at: { host: host.toLowerCase(), port, namespace: door.home, gateway: door.id }, clauses, word, host }));
  });
}

function serverNumbers(door: Door, host: string): readonly number[] {
  const http = door.servers.filter(({ layer, hosts }) => layer === 'http' && meeting(host, hosts, door.home, door.home).length > 0);
  return [...new Set(http.map(({ number }) => number))];
}
