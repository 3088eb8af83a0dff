import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const text = (...hosts: readonly string[]) => sidecarOf(['egress:', '- hosts:', ...hosts.map((host) => `  - "${host}"`)].join('\n'));
const check = (...hosts: readonly string[]) => marked(text(...hosts), { only: ['MS5514'] });

describe('included-hosts-stay', () => {
  it.each([
    ['all of everything', ['~/*', './*'], 'MS5514 line 7: "~/*"'],
    ['all of a namespace', ['prod/a.example', '~prod/*'], 'MS5514 line 8: "~prod/*"'],
    ['the very host', ['./a.example', '~bookinfo/a.example'], 'MS5514 line 8: "~bookinfo/a.example"'],
    ['a host in any namespace', ['prod/a.example', '~/a.example'], 'MS5514 line 8: "~/a.example"'],
    ['a wildcard above it', ['prod/a.example', '~prod/*.example'], 'MS5514 line 8: "~prod/*.example"'],
  ])('warning: %s', (_, hosts, finding) => {
    expect(check(...hosts)).toEqual([finding]);
  });

  it.each([
    ['nothing is called', ['~/*']],
    ['a part of what is named', ['*/*', '~prod/*']],
    ['a host of a namespace', ['./*', '~./a.example']],
    ['a host of all namespaces', ['prod/*', '~/a.example']],
    ['another namespace', ['prod/a.example', '~test/*']],
    ['any namespace, taken back in one', ['*/a.example', '~prod/a.example']],
  ])('fine: %s', (_, hosts) => {
    expect(check(...hosts)).toEqual([]);
  });

  it('fine before 1.31, where `~/*` takes nothing back', () => {
    expect(marked(text('~/*', './*'), { only: ['MS5514'], istio: '1.30' })).toEqual([]);
  });

  it('names what is lost', () => {
    const [finding] = checked(text('~/*', './*', 'istio-system/*', 'prod/*'), { only: ['MS5514'] }).diagnostics;
    expect(finding?.message).toBe('`~/*` excludes all of `./*` and 2 more in an egress listener of Sidecar bookinfo/reviews');
  });
});
