import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const text = (...hosts: readonly string[]) => sidecarOf(['egress:', '- hosts:', ...hosts.map((host) => `  - "${host}"`)].join('\n'));
const check = (...hosts: readonly string[]) => marked(text(...hosts), { only: ['MS5512'] });
const said = (...hosts: readonly string[]) => checked(text(...hosts), { only: ['MS5512'] }).diagnostics.map(({ message }) => message);

describe('egress-hosts-once', () => {
  it.each([
    ['twice the same', ['./a.example', './a.example'], 'MS5512 line 8: "./a.example"'],
    ['the own namespace in two spellings', ['./a.example', 'bookinfo/a.example'], 'MS5512 line 8: "bookinfo/a.example"'],
    ['all of a namespace twice', ['./*', './*'], 'MS5512 line 8: "./*"'],
    ['all of a namespace, and one of it', ['./*', './a.example'], 'MS5512 line 7: "./*"'],
    ['the other way round', ['./a.example', './*'], 'MS5512 line 8: "./*"'],
    ['everything and more', ['*/*', './*', 'ns/a.example'], 'MS5512 line 7: "*/*"'],
    ['everything, after all of a namespace and one of it', ['./*', './a.example', '*/*'], 'MS5512 line 9: "*/*"'],
    ['everything twice', ['*/*', '*/*'], 'MS5512 line 8: "*/*"'],
  ])('warning: %s', (_, hosts, finding) => {
    expect(check(...hosts)).toEqual([finding]);
  });

  it.each([
    ['the usual two', ['./*', 'istio-system/*']],
    ['hosts of one namespace', ['ns/a.example', 'ns/b.example']],
    ['a host in any namespace and in one', ['*/a.example', 'ns/a.example']],
    ['a wildcard and a host beneath it', ['ns/*.example', 'ns/a.example']],
    ['exclusions from everything', ['*/*', '~ns/*', '~ns/*']],
  ])('fine: %s', (_, hosts) => {
    expect(check(...hosts)).toEqual([]);
  });

  it('fine: the same in two listeners', () => {
    const listeners = 'egress:\n- {port: {number: 80, protocol: HTTP, name: http}, hosts: ["./*"]}\n- {hosts: ["./*"]}\n';
    expect(marked(sidecarOf(listeners), { only: ['MS5512'] })).toEqual([]);
  });

  it('names what is covered', () => {
    expect(said('*/*', './*')).toEqual(['`*/*` in an egress listener of Sidecar bookinfo/reviews covers `./*`']);
    expect(said('*/*', './*', 'a/*')).toEqual(['`*/*` in an egress listener of Sidecar bookinfo/reviews covers `./*` and `a/*`']);
    expect(said('*/*', './*', 'a/*', 'b/*')).toEqual(['`*/*` in an egress listener of Sidecar bookinfo/reviews covers `./*` and 2 more']);
    expect(said('./*', 'bookinfo/*')).toEqual(['`bookinfo/*` in an egress listener of Sidecar bookinfo/reviews is `./*` again']);
  });
});
