import { describe, expect, it } from 'vitest';
import { validate } from '../../src/document/validate.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { compileSchemas } from './compile-schemas.ts';

const durations: JsonObject = {
  $id: 'https://mainsheet.dev/test/durations.json',
  $defs: { duration: { type: 'string', pattern: '^((\\d+(\\.\\d*)?|\\.\\d+)(h|m|s|ms|us|µs|ns))+$' } },
};
const service = compileSchemas(
  {
    $id: 'https://mainsheet.dev/test/service.json',
    title: 'Service intent',
    type: 'object',
    required: ['service'],
    properties: {
      service: { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
      port: { type: ['integer', 'null'], minimum: 1, maximum: 65535 },
      timeout: { anyOf: [{ $ref: 'durations.json#/$defs/duration' }, { type: 'null' }] },
      loadBalancer: { anyOf: [{ type: 'string', enum: ['ROUND_ROBIN', 'LEAST_REQUEST'] }, { $ref: '#/$defs/hash' }] },
      versions: {
        anyOf: [
          { type: 'array', items: { type: 'string' }, minItems: 1, uniqueItems: true },
          { type: 'object', additionalProperties: { type: 'object' } },
        ],
      },
      canary: { $ref: '#/$defs/canary' },
      pins: { type: 'array', items: { $ref: '#/$defs/pin' } },
      labels: { type: 'object', propertyNames: { pattern: '^[a-z]+$', title: 'label name' }, additionalProperties: { type: 'string' } },
      share: { type: 'string', pattern: '^(100|[1-9]?[0-9])%$' },
      split: { type: 'object', minProperties: 1 },
      mode: { const: 'STRICT' },
      to: { $ref: '#/$defs/to' },
      mirror: {
        anyOf: [{ type: 'string' }, { $ref: '#/$defs/mirrorTarget' }, { type: 'null' }],
        examples: ['v2', { service: 'reviews' }],
      },
      server: { $ref: '#/$defs/server' },
      uri: { $ref: '#/$defs/text' },
      retries: { anyOf: [{ type: 'object', $ref: '#/$defs/retry' }, { type: 'null' }], examples: [{ attempts: 3, perTryTimeout: '2s' }] },
      ends: { type: 'object', maxProperties: 1 },
    },
    additionalProperties: false,
    allOf: [{ not: { required: ['split', 'canary'] } }, { not: { required: ['split', 'pins'] } }],
    $defs: {
      to: {
        type: 'object',
        if: { properties: { service: { type: 'string' } }, required: ['service'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { $ref: '#/$defs/serviceTarget' },
        else: {
          if: { properties: { host: { type: 'string' } }, required: ['host'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { properties: { host: { type: 'string' }, port: { type: 'integer' } }, additionalProperties: false },
          else: { type: 'object', additionalProperties: { type: 'number', maximum: 100 } },
        },
      },
      mirrorTarget: {
        type: 'object',
        if: { required: ['service'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { $ref: '#/$defs/serviceTarget' },
        else: { $ref: '#/$defs/destination' },
      },
      serviceTarget: {
        type: 'object',
        properties: { service: { type: 'string' }, port: { type: 'integer' } },
        additionalProperties: false,
      },
      destination: { type: 'object', properties: { host: { type: 'string' }, subset: { type: 'string' } }, additionalProperties: false },
      server: {
        type: 'object',
        if: { required: ['http'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { http: { type: 'integer' }, tls: { type: 'object' } }, additionalProperties: false },
        else: {
          if: { required: ['https'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { properties: { https: { type: 'integer' }, tls: { type: 'object' } }, additionalProperties: false },
          else: { oneOf: [{ required: ['http'] }, { required: ['https'] }] },
        },
      },
      text: {
        type: 'object',
        properties: { exact: { type: 'string' }, prefix: { type: 'string' }, ignoreCase: { type: 'boolean' } },
        additionalProperties: false,
      },
      retry: {
        type: 'object',
        properties: { attempts: { type: 'integer' }, perTryTimeout: { type: 'string' }, retryOn: { type: 'string' }, a: {}, b: {} },
        additionalProperties: false,
      },
      hash: {
        type: 'object',
        properties: { hash: { anyOf: [{ type: 'string', enum: ['sourceIp'] }, { $ref: '#/$defs/hashBy' }] } },
        required: ['hash'],
        additionalProperties: false,
      },
      hashBy: {
        type: 'object',
        properties: { header: { type: 'string' }, query: { type: 'string' } },
        additionalProperties: false,
        oneOf: [{ required: ['header'] }, { required: ['query'] }],
      },
      canary: {
        type: 'object',
        properties: { version: { type: 'string' }, percent: { type: 'number', minimum: 0, maximum: 100 } },
        required: ['version'],
        additionalProperties: false,
      },
      pin: {
        type: 'object',
        properties: {
          user: { type: 'string' },
          users: { type: 'array', items: { type: 'string' } },
          version: { type: 'string' },
          any: { type: 'boolean' },
        },
        required: ['version'],
        oneOf: [{ required: ['user'] }, { required: ['users'] }],
        if: { required: ['any'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { not: { required: ['user'] } },
        additionalProperties: false,
      },
    },
  },
  durations,
);

function findings(value: Json): readonly string[] {
  return validate(service, value, (pointer, part = 'value') => ({ file: 'a.yaml', document: 0, pointer, part })).map(
    ({ code, message, at, hints }) => {
      const place = at !== undefined && 'pointer' in at ? `${at.part} ${at.pointer}` : 'nowhere';
      return `${code} ${place}: ${message}${hints.map((hint) => ` (${hint})`).join('')}`;
    },
  );
}

const mistakes: readonly (readonly [string, Json, readonly string[]])[] = [
  ['a misspelt key', { service: 'a', tiemout: '5s' }, ['MS1040 key /tiemout: this service has no key `tiemout` (did you mean `timeout`?)']],
  ['a misspelt required key', { servce: 'a' }, ['MS1040 key /servce: this service has no key `servce` (did you mean `service`?)']],
  [
    'a key of the map beneath',
    { service: 'a', canary: { version: 'v1', header: 'x' } },
    ['MS1040 key /canary/header: `canary` has no key `header`; it has `percent`'],
  ],
  [
    'a key that belongs to a neighbour',
    { service: 'a', percent: 5 },
    ['MS1040 key /percent: this service has no key `percent` (`percent` is a key of `canary`)'],
  ],
  [
    'a look-alike letter',
    { service: 'a', canary: { version: 'v1', pеrcent: 1 } },
    [
      'MS1040 key /canary/pеrcent: `canary` has no key `p\\u{0435}rcent`; it has `percent` (did you mean `percent`?) (it contains U+0435, which is no ASCII letter)',
    ],
  ],
  ['a missing key', { service: 'a', canary: { percent: 5 } }, ['MS1041 key /canary: `canary` lacks `version`']],
  ['a wrong type', { service: 'a', port: 'http' }, ['MS1042 value /port: `port` must be a whole number, but it is text']],
  [
    'a number in quotes',
    { service: 'a', port: '80' },
    ['MS1042 value /port: `port` must be a whole number, but it is text (write the number without quotes)'],
  ],
  [
    'text without quotes',
    { service: 'a', labels: { app: 1 } },
    ['MS1042 value /labels/app: `labels.app` must be text, but it is the number 1 (put the value in quotes)'],
  ],
  [
    'no value',
    { service: null },
    [
      'MS1042 value /service: `service` must be a DNS label (lower-case letters, digits and hyphens), but it is null (leave the key out, or give it a value)',
    ],
  ],
  [
    'neither of two types',
    { service: 'a', versions: 'v1' },
    ['MS1042 value /versions: `versions` must be a list or a map, but it is text (write a list, even of one item: put `- ` before it)'],
  ],
  [
    'an unknown value',
    { service: 'a', loadBalancer: 'LEAST_REQEST' },
    [
      'MS1043 value /loadBalancer: `loadBalancer` must be `ROUND_ROBIN` or `LEAST_REQUEST`, not `LEAST_REQEST` (did you mean `LEAST_REQUEST`?)',
    ],
  ],
  ['another constant', { service: 'a', mode: 'x' }, ['MS1043 value /mode: `mode` must be `STRICT`, not `x`']],
  ['a number out of range', { service: 'a', port: 0 }, ['MS1044 value /port: `port` must be from 1 to 65535, not 0']],
  [
    'a name that is no DNS label',
    { service: 'Foo_Bar' },
    ['MS1045 value /service: `service` must be a DNS label (lower-case letters, digits and hyphens), not `Foo_Bar`'],
  ],
  [
    'a duration without its unit',
    { service: 'a', timeout: '5' },
    ['MS1045 value /timeout: `timeout` must be a duration such as `5s` or `1m30s`, not `5` (write the unit as well: `5s`)'],
  ],
  [
    'a duration written as a number',
    { service: 'a', timeout: 5 },
    ['MS1042 value /timeout: `timeout` must be a duration such as `5s` or `1m30s`, but it is the number 5 (write the unit as well: `5s`)'],
  ],
  [
    'a percentage out of form',
    { service: 'a', share: '101%' },
    ['MS1045 value /share: `share` must be a percentage such as `25%`, not `101%`'],
  ],
  [
    'keys that exclude each other',
    { service: 'a', split: { v1: 1 }, canary: { version: 'v1' } },
    ['MS1046 key /canary: `split` and `canary` exclude each other; this service has both'],
  ],
  [
    'three keys that exclude each other',
    { service: 'a', split: { v1: 1 }, canary: { version: 'v1' }, pins: [] },
    ['MS1046 key /pins: `split`, `canary` and `pins` exclude each other; this service has all of them'],
  ],
  [
    'both of one',
    { service: 'a', pins: [{ user: 'jason', users: ['x'], version: 'v1' }] },
    ['MS1046 key /pins/0/users: `user` and `users` exclude each other; `pins[0]` has both'],
  ],
  ['none of one', { service: 'a', pins: [{ version: 'v1' }] }, ['MS1047 key /pins/0: `pins[0]` needs one of `user` or `users`']],
  [
    'a misspelt one of several',
    { service: 'a', pins: [{ usr: 'jason', version: 'v1' }] },
    ['MS1040 key /pins/0/usr: `pins[0]` has no key `usr`; it has `user`, `users` and `any` (did you mean `user`?)'],
  ],
  [
    'text that is too long',
    { service: 'a'.repeat(64) },
    ['MS1048 value /service: `service` must have at most 63 characters, but it has 64'],
  ],
  ['an empty list', { service: 'a', versions: [] }, ['MS1048 value /versions: `versions` must have at least 1 item, but it has none']],
  ['an empty map', { service: 'a', split: {} }, ['MS1048 value /split: `split` must have at least 1 entry, but it has none']],
  ['a repeated item', { service: 'a', versions: ['v1', 'v2', 'v1'] }, ['MS1049 value /versions/2: `versions[2]` repeats `versions[0]`']],
  [
    'a key out of form',
    { service: 'a', labels: { 'A/B': 'x' } },
    ['MS1050 key /labels/A~1B: a key of `labels` must be a label name, not `A/B`'],
  ],
  [
    'a word that another excludes',
    { service: 'a', pins: [{ any: true, user: 'jason', version: 'v1' }] },
    ['MS1051 key /pins/0/user: `user` cannot stand in `pins[0]` beside what else is written there'],
  ],
  [
    'a mistake deep in the long form',
    { service: 'a', loadBalancer: { hash: { headr: 'x' } } },
    ['MS1040 key /loadBalancer/hash/headr: `loadBalancer.hash` has no key `headr`; it has `header` and `query` (did you mean `header`?)'],
  ],
  [
    'a wrong value in the long form',
    { service: 'a', loadBalancer: { hash: 'sourceIP' } },
    ['MS1043 value /loadBalancer/hash: `loadBalancer.hash` must be `sourceIp`, not `sourceIP` (did you mean `sourceIp`?)'],
  ],
  [
    'a misspelt word of a choice, where other keys are free',
    { service: 'a', to: { servce: 'x' } },
    ['MS1040 key /to/servce: `to` has no key `servce`; it has `service` and `host` (did you mean `service`?)'],
  ],
  [
    'a misspelt word of a choice beside others',
    { service: 'a', to: { servce: 'x', port: 80 } },
    ['MS1040 key /to/servce: `to` has no key `servce`; it has `service` and `host` (did you mean `service`?)'],
  ],
  [
    'a misspelt word of a choice, where other keys are known',
    { service: 'a', mirror: { servce: 'x' } },
    ['MS1040 key /mirror/servce: `mirror` has no key `servce`; it has `service`, `host` and `subset` (did you mean `service`?)'],
  ],
  [
    'what belongs to none of a choice',
    { service: 'a', mirror: { v2: 50, v3: 50 } },
    ['MS1047 key /mirror: `mirror` needs one of `service` or `host` (for example `mirror: v2`)'],
  ],
  [
    'a free key of a choice with a wrong value',
    { service: 'a', to: { v1: 101 } },
    ['MS1044 value /to/v1: `to.v1` must be at most 100, not 101'],
  ],
  [
    'two words of a choice',
    { service: 'a', server: { http: 80, https: 443 } },
    ['MS1046 key /server/https: `http` and `https` exclude each other; `server` has both'],
  ],
  ['no word of a choice', { service: 'a', server: { hosts: [] } }, ['MS1047 key /server: `server` needs one of `http` or `https`']],
  [
    'a misspelt word of a choice among required ones',
    { service: 'a', server: { htps: 443 } },
    ['MS1040 key /server/htps: `server` has no key `htps`; it has `http` and `https` (did you mean `https`?)'],
  ],
  [
    'a percentage with its sign',
    { service: 'a', canary: { version: 'v1', percent: '10%' } },
    ['MS1042 value /canary/percent: `canary.percent` must be a number, but it is text (write `10`: it is a percentage already)'],
  ],
  [
    'a text in place of a map around it',
    { service: 'a', uri: '/x' },
    ['MS1042 value /uri: `uri` must be a map, but it is text (write `{exact: /x}` or `{prefix: /x}`)'],
  ],
  [
    'a number in place of a map',
    { service: 'a', retries: 3 },
    ['MS1042 value /retries: `retries` must be a map, but it is the number 3 (for example `retries: {attempts: 3, perTryTimeout: 2s}`)'],
  ],
  ['too large a map', { service: 'a', ends: { a: 1, b: 2 } }, ['MS1048 value /ends: `ends` must have at most 1 entry, but it has 2']],
  ['another root', ['a'], ['MS1042 value : this service must be a map, but it is a list']],
  [
    'several mistakes',
    { service: 'A', port: 0, versions: [1] },
    [
      'MS1045 value /service: `service` must be a DNS label (lower-case letters, digits and hyphens), not `A`',
      'MS1044 value /port: `port` must be from 1 to 65535, not 0',
      'MS1042 value /versions/0: `versions[0]` must be text, but it is the number 1 (put the value in quotes)',
    ],
  ],
];

describe('validate', () => {
  it('is silent about what fits', () => {
    expect(
      findings({
        service: 'reviews',
        port: 9080,
        timeout: '5s',
        loadBalancer: { hash: { header: 'x' } },
        versions: ['v1', 'v2'],
        pins: [{ user: 'jason', version: 'v2' }],
      }),
    ).toEqual([]);
    expect(findings({ service: 'reviews', versions: { v1: {} }, loadBalancer: 'ROUND_ROBIN', timeout: null })).toEqual([]);
  });

  it.each(mistakes)('names %s once', (_, value, expected) => {
    expect(findings(value)).toEqual(expected);
  });

  it.each([
    ['Service intent', 'this service'],
    ['Environment', 'this environment'],
    ['VirtualService', 'this VirtualService'],
    ['Settings (mainsheet.yaml)', 'this document'],
    [undefined, 'this document'],
  ])('calls the whole value by its schema: %s', (title, name) => {
    const schema = compileSchemas({ ...(title === undefined ? {} : { title }), type: 'object', additionalProperties: false });
    expect(validate(schema, { a: 1 }, () => undefined).map(({ message }) => message)).toEqual([`${name} has no key \`a\``]);
  });

  it('refuses what the schema refuses, even where it cannot explain', () => {
    const strange = compileSchemas({ type: 'array', contains: { const: 1 } });
    expect(validate(strange, [2], () => undefined).map(({ code }) => code)).toEqual(['MS1052']);
  });
});
