import { describe, expect, it } from 'vitest';
import { rendered, routeLines } from '../support/rendered.ts';

const abstract = (name: string, words = '') => `environment: ${name}\nabstract: true\n${words}`;
const base = `service: m
port: 80
versions: [v1, v2]
stable: v1
canary: {version: v2, percent: 5}
pins: [{user: jason, version: v2}]
timeout: 5s
`;
const over = (intents: string, words = base) =>
  rendered(intents, {
    environment: 'user: {header: end-user}\nextends: [base]',
    files: { 'base/environment.yaml': abstract('base'), 'base/m.yaml': words },
  });
const lines = (intents: string, words = base) => routeLines(over(intents, words).http('VirtualService m'));

describe('merging by key (RFC 7386)', () => {
  it.each([
    ['nothing of its own', '', ['end-user=jason → m/v2', 'all → m/v1=95 m/v2=5']],
    ['a percentage alone', 'service: m\ncanary: {percent: 20}\n', ['end-user=jason → m/v2', 'all → m/v1=80 m/v2=20']],
    ['null removes a list', 'service: m\npins: null\n', ['all → m/v1=95 m/v2=5']],
    ['a list replaces', 'service: m\npins: [{user: mary, version: v1}]\n', ['end-user=mary → m/v1', 'all → m/v1=95 m/v2=5']],
    ['null removes a map', 'service: m\ncanary: null\n', ['end-user=jason → m/v2', 'all → m/v1']],
    [
      'a split instead of stable',
      'service: m\nsplit: {v1: 50, v2: 50}\nstable: null\ncanary: null\n',
      ['end-user=jason → m/v2', 'all → m/v1=50 m/v2=50'],
    ],
  ])('%s', (_, intents, expected) => {
    expect(lines(intents)).toEqual(expected);
  });

  it('short forms meet as the same map', () => {
    const subsets = (intents: string) =>
      (over(intents).spec('DestinationRule m').subsets as readonly { name: string }[]).map(({ name }) => name);
    expect(subsets('service: m\nversions: [v3]\n')).toEqual(['v1', 'v2', 'v3']);
    expect(subsets('service: m\nversions: {v3: {}}\n')).toEqual(['v1', 'v2', 'v3']);
    expect(subsets('service: m\nversions: {v2: null}\ncanary: null\npins: null\n')).toEqual(['v1']);
  });

  it('null removes entries of a split, an exposure, a field', () => {
    expect(
      lines('service: m\nsplit: {v2: null, v1: 100}\n', 'service: m\nport: 80\nversions: [v1, v2]\nsplit: {v1: 50, v2: 50}\n'),
    ).toEqual(['all → m/v1']);
    expect(over('service: m\nexpose: null\n', 'service: m\nversions: [v1]\nexpose: nowhere\n').titles).toEqual(['DestinationRule m']);
    expect(over('service: m\ntimeout: null\n').http('VirtualService m')[0]).not.toHaveProperty('timeout');
  });

  it('a list replaces, so null in its items means absent, or off for a field of a route', () => {
    const routes = 'routes: [{match: {uri: {prefix: /a}}, to: null, timeout: null}]\npins: [{user: jason, version: v2, owner: null}]\n';
    const result = over(`service: m\n${routes}`);
    expect(routeLines(result.http('VirtualService m')).slice(0, 2)).toEqual(['uri^/a & end-user=jason → m/v2', 'uri^/a → m/v1=95 m/v2=5']);
    expect(result.http('VirtualService m')[1]).not.toHaveProperty('timeout');
  });

  it('two layers that are fine each can contradict each other: the finding is where the older one is written', () => {
    expect(over('service: m\nsplit: {v1: 50, v2: 50}\n').findings).toEqual(['MS2021 base/m.yaml line 4', 'MS2021 base/m.yaml line 5']);
    expect(over('service: m\nversions: {v2: null}\n').findings).toEqual(['MS2001 base/m.yaml line 6', 'MS2001 base/m.yaml line 5']);
  });
});

describe('extends', () => {
  it('left to right, depth first, each once, its own last', () => {
    const result = rendered('service: m\nstable: v2\n', {
      environment: 'extends: [b1, b2]',
      files: {
        'root/environment.yaml': abstract('root', 'labels: {a: root, r: root}\n'),
        'root/m.yaml': 'service: m\nversions: [v1, v2]\nstable: v1\ntimeout: 1s\nretries: {attempts: 1}\n',
        'b1/environment.yaml': abstract('b1', 'extends: [root]\nlabels: {a: b1}\n'),
        'b1/m.yaml': 'service: m\ntimeout: 2s\n',
        'b2/environment.yaml': abstract('b2', 'extends: [root]\nlabels: {b: b2}\n'),
        'b2/m.yaml': 'service: m\ntimeout: 3s\n',
      },
    });
    expect(result.http('VirtualService m')).toMatchObject([{ timeout: '3s', retries: { attempts: 1 } }]);
    expect(routeLines(result.http('VirtualService m'))).toEqual(['all → m/v2']);
    expect(result.objects.get('VirtualService m')?.metadata).toMatchObject({ labels: { a: 'b1', r: 'root', b: 'b2' } });
  });

  it.each([
    [
      'a circle',
      'extends: [b1]',
      { 'b1/environment.yaml': abstract('b1', 'extends: [b2]\n'), 'b2/environment.yaml': abstract('b2', 'extends: [b1]\n') },
      'MS1063 b2/environment.yaml line 3',
    ],
    ['itself', 'extends: [mesh]', {}, 'MS1063 mesh/environment.yaml line 4'],
    ['an unknown folder', 'extends: [nowhere]', {}, 'MS1060 mesh/environment.yaml line 4'],
    ['an abstract environment by name', 'abstract: true', {}, 'MS1092 mesh/environment.yaml line 4'],
  ])('refused: %s', (_, environment, files, finding) => {
    expect(rendered('service: m\n', { environment, files }).findings).toEqual([finding]);
  });

  it('two documents for one intent in one folder are an error that names both, however deep', () => {
    const result = rendered('service: m\n', { files: { 'mesh/deep/er/m.yaml': 'service: m\nversions: [v1]\n' } });
    expect(result.codes).toEqual(['MS1064']);
    expect(result.diagnostics[0]?.related).toHaveLength(1);
  });

  it('intents may stand in nested folders; an environment may have none', () => {
    expect(rendered('', { files: { 'mesh/deep/er/m.yaml': 'service: m\nversions: [v1]\n' } }).titles).toEqual(['DestinationRule m']);
    expect(rendered('')).toMatchObject({ ok: true, titles: [] });
  });
});
