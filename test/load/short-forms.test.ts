import { describe, expect, it } from 'vitest';
import { expandShortForms } from '../../src/load/expand-short-forms.ts';
import type { IntentKind } from '../../src/model/intent.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { rendered } from '../support/rendered.ts';

describe('short forms', () => {
  const cases: readonly (readonly [IntentKind, JsonObject, JsonObject])[] = [
    ['service', { port: 80 }, { ports: { http: { number: 80 } } }],
    ['service', { port: null }, { ports: null }],
    ['service', { ports: { http: 80, 81: {} } }, { ports: { 81: {}, http: { number: 80 } } }],
    ['service', { versions: ['v1', 'v2'] }, { versions: { v1: {}, v2: {} } }],
    ['service', { pins: [{ user: 'jason', version: 'v1' }] }, { pins: [{ users: ['jason'], version: 'v1' }] }],
    ['service', { pins: [{ match: { port: 1 }, version: 'v1' }] }, { pins: [{ match: [{ port: 1 }], version: 'v1' }] }],
    ['service', { routes: [{ match: { port: 1 } }] }, { routes: [{ match: [{ port: 1 }] }] }],
    ['service', { expose: 'gw' }, { expose: [{ gateway: 'gw' }] }],
    [
      'service',
      { expose: ['gw', { gateway: 'b', match: { port: 1 } }] },
      { expose: [{ gateway: 'gw' }, { gateway: 'b', match: [{ port: 1 }] }] },
    ],
    ['service', { patches: [{ target: 'Sidecar', ops: [] }] }, { patches: [{ target: { kind: 'Sidecar' }, ops: [] }] }],
    ['external', { originateTls: true }, { originateTls: { form: 'target-port' } }],
    ['external', { originateTls: false }, { originateTls: null }],
    ['external', { via: 'egress' }, { via: { service: 'egress' } }],
    [
      'gateway',
      {
        hosts: {
          'a.b': [
            { prefix: '/x', service: 's' },
            { exact: '/', service: 's' },
          ],
        },
      },
      {
        hosts: {
          'a.b': [
            { match: [{ uri: { prefix: '/x' } }], service: 's' },
            { match: [{ uri: { exact: '/' } }], service: 's' },
          ],
        },
      },
    ],
  ];

  it.each(cases)('%s %j', (kind, short, long) => {
    expect(expandShortForms(kind, short).value).toEqual(long);
  });

  it.each(cases)('%s %j is written out once: the long form stays as it is', (kind, _, long) => {
    expect(expandShortForms(kind, long).value).toEqual(long);
  });

  it.each([
    ['service: m\nport: 99999\n', 'line 2'],
    ['service: m\nversions:\n  - v1\n  - v1 x\n', 'line 4'],
    ['service: m\nversions: [v1]\nstable: v1\npins:\n  - user: jason\n    version: v9\n', 'line 6'],
    ['service: m\nexpose: nowhere\n', 'line 2'],
    ['external: e\nhosts: [e.example]\nports: {https: 443}\noriginateTls: true\n', 'line 4'],
    ['gateway: g\nservers: [{http: 80, hosts: ["*"]}]\nhosts:\n  a.example:\n    - prefix: /x\n      service: nobody\n', 'line 6'],
  ])('a finding stands where the words are: %j', (intents, line) => {
    const [finding] = rendered(intents).findings;
    expect(finding?.slice(7)).toBe(line);
  });
});
