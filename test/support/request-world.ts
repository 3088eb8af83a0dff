import fc from 'fast-check';
import type { JsonObject } from '../../src/model/json.ts';
import type { MeshRequest } from '../../src/model/routing.ts';
import { httpCondition } from '../../src/requests/http-condition.ts';
import type { Condition } from '../../src/requests/literal.ts';
import { plainRequest } from '../../src/requests/request.ts';

const reading = { minor: 31, namespace: 'bookinfo' };
/** What a match asks of requests. */
export const condition = (match: JsonObject): Condition => httpCondition(match, reading);

const paths = ['/', '/a', '/A', '/ab', '/b', '/aa'];
const values = [undefined, '', 'a', 'b', 'ab', 'A'];

const text = (texts: readonly string[], regexes: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...texts).map((exact): JsonObject => ({ exact })) },
    { weight: 4, arbitrary: fc.constantFrom(...texts).map((prefix): JsonObject => ({ prefix })) },
    { weight: 3, arbitrary: fc.constantFrom(...regexes).map((regex): JsonObject => ({ regex })) },
  );
const path = text(paths, ['/.*', '/a+', '/[^b]*', '/(a|ab)(b|)', '/[ab]{2}', '/[A-Z]?', '.*', '/.+', '(?i)/AB?']);
const value = fc.oneof(
  { weight: 5, arbitrary: text(['a', 'b', 'ab', 'A'], ['.*', 'a.*', '[ab]+', '[^a].*', '.+', '(a|b)?', '(?i)a']) },
  { weight: 1, arbitrary: fc.constant<JsonObject>({}) },
);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
/** Matches that often meet one another, and often do not. */
export const match: fc.Arbitrary<JsonObject> = fc
  .record({
    uri: sometimes(path),
    ignoreUriCase: fc.option(fc.constant(true), { nil: undefined }),
    headers: sometimes(fc.dictionary(fc.constantFrom('x', 'y'), value, { maxKeys: 2, minKeys: 1 })),
    withoutHeaders: sometimes(fc.dictionary(fc.constantFrom('x', 'y'), value, { maxKeys: 1, minKeys: 1 })),
    method: sometimes(fc.constantFrom<JsonObject[]>({ exact: 'GET' }, { exact: 'PUT' }, { regex: 'P.*' })),
    port: sometimes(fc.constantFrom(80, 81)),
    gateways: sometimes(fc.constantFrom<string[][]>(['mesh'], ['gw'], ['mesh', 'gw'])),
    sourceLabels: sometimes(fc.constantFrom<JsonObject[]>({ app: 'a' }, { app: 'b' })),
  })
  .map(
    (record) => Object.fromEntries(Object.entries(record).flatMap(([key, one]) => (one === undefined ? [] : [[key, one]]))) as JsonObject,
  );

/** Every request of a small world. */
export const world: readonly MeshRequest[] = paths.flatMap((one) =>
  values.flatMap((x) =>
    [undefined, 'a'].flatMap((y) =>
      ['GET', 'PUT'].flatMap((method) =>
        [
          { port: 80, gateway: 'mesh', app: 'a' },
          { port: 81, gateway: 'bookinfo/gw', app: undefined },
          { port: 81, gateway: 'mesh', app: 'b' },
        ].map(({ port, gateway, app }) => ({
          ...plainRequest,
          path: one,
          method,
          port,
          ...(gateway === 'mesh' ? {} : { gateway }),
          headers: { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) },
          source: { namespace: 'default', labels: app === undefined ? {} : { app } },
        })),
      ),
    ),
  ),
);
