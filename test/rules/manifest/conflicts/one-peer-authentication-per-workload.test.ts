import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5817'];
const policy = (name: string, spec: string, namespace = 'bookinfo') =>
  manifest('PeerAuthentication', name, spec, { namespace, group: 'security' });
const mode = (word: string) => `mtls: {mode: ${word}}`;
const select = (labels: string, word: string) => `selector: {matchLabels: {${labels}}}\n${mode(word)}`;
const two = (one: string, other: string, namespace?: string) =>
  checked(documents(policy('one', one, namespace), policy('two', other, namespace)), { only });

describe('one-peer-authentication-per-workload', () => {
  it('error: two for a namespace, or for the mesh', () => {
    expect(two(mode('STRICT'), mode('PERMISSIVE')).findings).toEqual(['MS5817 line 9']);
    expect(two(mode('STRICT'), mode('PERMISSIVE')).diagnostics[0]?.message).toMatch(/say different things for the namespace bookinfo$/);
    expect(two(mode('STRICT'), mode('DISABLE'), 'istio-system').diagnostics[0]?.message).toMatch(/for the whole mesh$/);
  });

  it('error: two for the same workloads, also where one asks for more', () => {
    expect(two(select('app: a', 'STRICT'), select('app: a', 'DISABLE')).findings).toEqual(['MS5817 line 12']);
    expect(two(select('app: a', 'STRICT'), select('app: a, version: v1', 'DISABLE')).codes).toEqual(only);
    expect(
      two(select('app: a', 'STRICT'), `${select('app: a', 'STRICT')}\nportLevelMtls: {8080: {mode: DISABLE}}`.replace('8080:', '"8080":'))
        .codes,
    ).toEqual(only);
  });

  it.each([
    ['the same in both', mode('STRICT'), mode('STRICT')],
    ['some workloads and all of the namespace', mode('STRICT'), select('app: a', 'PERMISSIVE')],
    ['other workloads', select('app: a', 'STRICT'), select('app: b', 'PERMISSIVE')],
  ])('fine: %s', (_, one, other) => {
    expect(two(one, other).findings).toEqual([]);
  });

  it('fine: a namespace and the mesh', () => {
    expect(checked(documents(policy('one', mode('STRICT')), policy('two', mode('PERMISSIVE'), 'istio-system')), { only }).findings).toEqual(
      [],
    );
  });
});
