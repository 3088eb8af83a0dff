import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type JsonObject, objectOr } from '../../src/model/json.ts';
import { unprovenWords } from '../../src/prove/unproven-words.ts';

/** What the proof compares, word by word: the broken templates beside this test and `generated-intents` hold it to that. */
const routing = [
  ...['rewrite', 'timeout', 'retries', 'fault', 'mirror', 'mirrorPercentage', 'mirrors', 'corsPolicy', 'headers'],
  ...['versions', 'stable', 'canary', 'split', 'pins', 'routes', 'port', 'ports', 'namespace', 'patches'],
  ...['loadBalancer', 'connectionPool', 'outlierDetection', 'tls', 'tunnel', 'proxyProtocol', 'retryBudget'],
];
const fields = ['rewrite', 'timeout', 'retries', 'fault', 'mirror', 'mirrorPercentage', 'mirrors', 'corsPolicy', 'headers'];
const proven: Readonly<Record<string, readonly string[]>> = {
  service: ['service', 'host', 'expose', 'exportTo', 'workload', 'dependsOn', 'allowFrom', ...routing],
  external: [
    ...['external', 'hosts', 'addresses', 'resolution', 'location', 'endpoints', 'workloadSelector', 'subjectAltNames', 'exportTo'],
    ...['virtualService', 'originateTls', 'via', ...routing],
  ],
  gateway: ['gateway', 'external', 'namespace', 'patches', 'selector', 'servers', 'hosts', 'workload'],
  pin: ['user', 'users', 'match', 'version', ...fields],
  route: ['match', 'to', 'redirect', 'directResponse', ...fields],
  canary: ['version', 'percent', 'mirror', 'sticky'],
  exposure: ['gateway', 'server', 'hosts', 'port', 'match', 'routes'],
  'shared host': ['service', 'port', 'prefix', 'exact', 'match', ...fields],
};

const schema = (file: string, definition: string): readonly string[] => {
  const read = JSON.parse(readFileSync(`src/load/schemas/${file}.json`, 'utf8')) as JsonObject;
  return Object.keys(objectOr(objectOr(objectOr(read.$defs)[definition]).properties));
};

const said: Readonly<Record<string, readonly string[]>> = {
  service: schema('service', 'words'),
  external: schema('external', 'words'),
  gateway: schema('gateway', 'words'),
  pin: schema('common', 'pin'),
  route: schema('common', 'route'),
  canary: schema('common', 'canary'),
  exposure: schema('service', 'exposure'),
  'shared host': schema('gateway', 'sharedHost'),
};

describe('words that the proof does not compare', () => {
  it.each(Object.keys(said))('of %s are just those that are listed', (kind) => {
    const unproven = unprovenWords.filter((one) => one.in === kind).map(({ word }) => word);
    expect(said[kind]?.length).toBeGreaterThan(2);
    expect(said[kind]?.filter((word) => proven[kind]?.includes(word) !== true).sort()).toEqual([...unproven].sort());
  });

  it('are told on the page about proofs', () => {
    const page = readFileSync('docs/proof.md', 'utf8');
    for (const { in: kind, word, why } of unprovenWords) expect(page).toContain(`| ${kind} | \`${word}\` | ${why} |`);
  });
});
