import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { seededChoices } from '../seeded-choices.mjs';
import { mutate } from './mutate.mjs';
import { placesOf, schemaOfKind } from './schema-places.mjs';

const folder = join(import.meta.dirname, '../corpus');

/** How often each kind is drawn. */
const shares = {
  VirtualService: 30,
  DestinationRule: 25,
  Gateway: 12,
  ServiceEntry: 13,
  Sidecar: 8,
  AuthorizationPolicy: 6,
  PeerAuthentication: 2,
  WorkloadEntry: 2,
  WorkloadGroup: 2,
};

/** The valid objects, by kind. */
export function readCorpus() {
  const corpus = new Map();
  for (const file of readdirSync(folder).sort())
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
      const object = document.toJS();
      corpus.set(object.kind, [...(corpus.get(object.kind) ?? []), object]);
    }
  return corpus;
}

/**
 * Objects that differ from valid ones in one to three places.
 * @param {{seed: number, count: number}} options
 * @returns {{name: string, object: object, ways: string[]}[]}
 */
export function generateMutants({ seed, count }) {
  const choices = seededChoices(seed);
  const corpus = readCorpus();
  const nodes = new Map([...corpus.keys()].map((kind) => [kind, schemaOfKind(kind)]));
  const banks = new Map([...corpus].map(([kind, objects]) => [kind, bankOf(objects, nodes.get(kind))]));
  const kinds = Object.entries(shares).flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
  return Array.from({ length: count }, (_, index) => {
    const kind = choices.pick(kinds);
    const object = choices.pick(corpus.get(kind));
    const { mutant, ways } = mutate({ object, node: nodes.get(kind), bank: banks.get(kind) }, choices);
    return { name: `${seed}/${index}`, object: mutant, ways };
  });
}

/** What the valid objects hold, by the name of its type in the schema. */
function bankOf(objects, node) {
  const bank = new Map();
  for (const { spec } of objects)
    for (const { value, node: there } of placesOf(spec, node)) {
      if (there === undefined) continue;
      const list = bank.get(there.name);
      if (list === undefined) bank.set(there.name, [value]);
      else list.push(value);
    }
  return bank;
}
