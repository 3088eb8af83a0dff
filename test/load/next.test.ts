import { describe, expect, it } from 'vitest';
import { rendered } from '../support/rendered.ts';

const service = (words: string) => `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}`;

describe('next', () => {
  it('changes nothing of what is rendered', () => {
    const plain = rendered(service(''));
    const announced = rendered(service('next: {stable: v2}\n'));
    expect(announced.findings).toEqual(plain.findings);
    expect([...announced.compilation.files]).toEqual([...plain.compilation.files]);
  });

  it('is judged by the schema, in the words of the intent', () => {
    expect(rendered(service('next: {stabel: v2}\n')).findings).toEqual(['MS1040 line 5']);
    expect(rendered(service('next: {next: {stable: v2}}\n')).ok).toBe(false);
  });

  it('has to compile when it is applied, and is named where it does not', () => {
    const { ok, findings } = rendered(service('next:\n  canary: {version: v2, percent: 10}\n  stable: v9\n'));
    expect([ok, findings]).toEqual([false, ['MS2001 line 7']]);
  });

  it('may take away what it shall no longer say, and use short forms', () => {
    expect(
      rendered(service('canary: {version: v2, percent: 10}\nnext: {canary: null, stable: v2, versions: {v1: null}}\n')).findings,
    ).toEqual([]);
    expect(rendered(service('next: {versions: [v3], canary: {version: v3, percent: 5}}\n')).findings).toEqual([]);
    expect(rendered(service('next: {versions: {v1: null}}\n')).ok).toBe(false);
  });

  it('holds for gateways and externals', () => {
    const gateway = 'gateway: gw\nservers: [{http: 80, hosts: [a.example.com]}]\n';
    expect(rendered(`${gateway}next: {servers: [{http: 80, hosts: [b.example.com]}]}\n`).findings).toEqual([]);
    expect(rendered('external: e\nhosts: [a.example.com]\nports: {http: 80}\nnext: {timeout: 2s}\n').findings).toEqual([]);
  });
});
