import { describe, expect, it } from 'vitest';
import { lineStarts, positionIn } from '../../src/model/position.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { destinationRule, manifest, virtualService } from '../support/checked.ts';
import { service } from '../support/cluster-objects.ts';

/** The findings of one stream as 'MS1007 line 3', notes on what the input does not show left out. */
function found(text: string): readonly string[] {
  const starts = lineStarts(text);
  return checkManifests(new Map([['a.yaml', text]]))
    .diagnostics.filter(({ code }) => !code.startsWith('MS579'))
    .map(({ code, at }) => (at === undefined ? code : `${code} line ${positionIn(text, starts, at.start).line}`));
}

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: words}\ndata: ${data}\n`;
const route = virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}]}]');
const wrong = virtualService('hosts: [reviews]\nhttp: [{timeout: soon, route: [{destination: {host: reviews}}]}]');
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('text that only serves to exhaust its reader', () => {
  it.each([
    ['brackets', `a: ${nested(1000)}\n`],
    ['more brackets', `a: ${nested(20_000)}\n`],
    ['brackets that never close', `a: ${'['.repeat(20_000)}\n`],
    ['braces', configMap(`${'{a: '.repeat(5000)}${'}'.repeat(5000)}`)],
    ['lists in lists', `${'- '.repeat(20_000)}\n`],
    ['keys that are maps', `${'? '.repeat(20_000)}\n`],
    ['indentation', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['behind a directive', `%YAML 1.1\n---\n${configMap(nested(5000))}`],
    ["an object of Istio's", virtualService(`hosts: ${nested(5000)}`)],
  ])('%s', (_, text) => {
    expect(found(text).map((line) => line.slice(0, 6))).toEqual(['MS1007']);
  });

  it('what people nest is read: definitions of other kinds more deeply than Istio objects', () => {
    expect(found(configMap(nested(40)))).toEqual([]);
    expect(found(virtualService(`hosts: ${nested(40)}`))).toEqual(['MS1007 line 5']);
  });

  it('the other documents are judged all the same', () => {
    expect(found(`a: ${nested(5000)}\n---\n${wrong}`)).toEqual(['MS1007 line 1', 'MS1045 line 8', 'MS1059']);
  });
});

describe('what works in a cluster', () => {
  const annotated = (text: string) => route.replace('namespace: bookinfo', `namespace: bookinfo, annotations: {big: "${text}"}`);
  it.each([
    ['a long annotation', annotated('x'.repeat(20_000))],
    ['a long body', virtualService(`hosts: [reviews]\nhttp: [{directResponse: {status: 503, body: {string: "${'x'.repeat(100_000)}"}}}]`)],
    ['a long text of another kind', configMap(`{a: "${'x'.repeat(2_000_000)}"}`)],
    ['a kind of Istio that nothing here reads', manifest('EnvoyFilter', 'words', 'priority: 010\nyes: on\nconfigPatches: [{1.5: no}]')],
    ['a tag', configMap('{logo: !!binary aGVsbG8=, own: !Ref x}')],
    ['a directive before another kind', `%YAML 1.1\n---\n${configMap('{yes: 017}')}`],
    [
      'merged maps',
      virtualService('<<: {hosts: [reviews]}\nhttp: [{<<: [{route: [{destination: {host: reviews}}]}, {timeout: 1s}], timeout: 2s}]'),
    ],
    [
      'a list with other kinds',
      `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: yes}}\n`,
    ],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('a text of more than a mebibyte in an object of Istio', () => {
    expect(found(annotated('x'.repeat(1_048_577)))).toContain('MS1022 line 3');
  });

  it('merged values are judged where they are written', () => {
    const text = virtualService('hosts: [reviews]\nhttp:\n- <<: {timeout: soon}\n  route: [{destination: {host: reviews}}]');
    expect(found(text)).toEqual(['MS1045 line 7']);
  });

  it.each([
    ['replacing what stands before it, where readers disagree', 'hosts: [reviews]\n<<: {hosts: [ratings]}'],
    ['holding no map', '<<: 1\nhosts: [reviews]'],
  ])('a merge key %s', (_, spec) => {
    expect(found(virtualService(spec)).map((line) => line.slice(0, 6))).toContain('MS1010');
  });

  it("tags and directives stay errors in what is Istio's", () => {
    expect(found(virtualService('hosts: [!!str reviews]'))).toEqual(['MS1008 line 5']);
    expect(found(`%YAML 1.1\n---\n${route}`)).toEqual(['MS1009 line 1']);
  });
});

describe('a document that cannot be read', () => {
  const broken = 'apiVersion: v1\nkind: ConfigMap\ndata: [\n';
  const subsetRoute = virtualService('hosts: [reviews]\nhttp: [{timeout: 0s, route: [{destination: {host: reviews, subset: v2}}]}]');

  it('hides no other, and what it may hold is not missing', () => {
    expect(found(`${broken}---\n${subsetRoute}`)).toEqual(['MS1001 line 3', 'MS1045 line 10', 'MS1059']);
  });

  it('among the items of a list neither', () => {
    const items = [subsetRoute, virtualService('hosts: [no]')].map((text) => `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`).join('');
    expect(found(`apiVersion: v1\nkind: List\nitems:\n${items}`)).toEqual(['MS1013 line 14', 'MS1045 line 9', 'MS1059']);
  });

  it('a template says so once, whatever stands beside it', () => {
    const template = 'apiVersion: v1\nkind: {{ .Values.kind }}\nmetadata:\n{{ include "x" . }}\n';
    expect(found(`${template}---\n${broken}---\n${template}---\n${route}`)).toEqual(['MS1096 line 2', 'MS1001 line 8', 'MS1059']);
  });
});

describe('objects that lack what names them', () => {
  it.each([
    ['no metadata', 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {}\n', ['MS1090 line 1']],
    ['generateName', 'apiVersion: networking.istio.io/v1\nkind: EnvoyFilter\nmetadata: {generateName: a-}\n', ['MS1090 line 1']],
    ['no kind', 'apiVersion: security.istio.io/v1\nmetadata: {name: a}\n', ['MS1090 line 1']],
    ['no version', route.replace('istio.io/v1', 'istio.io'), ['MS4053 line 1']],
    [
      'no version, in a kind that is not read',
      manifest('Telemetry', 'a', 'tracing: []', { group: 'telemetry' }).replace('.io/v1', '.io'),
      ['MS4053 line 1'],
    ],
  ])('%s', (_, text, findings) => {
    expect(found(text)).toEqual(findings);
    expect(JSON.stringify(checkManifests(new Map([['a.yaml', text]])).diagnostics)).not.toContain('undefined');
  });
});

describe('lists of one kind', () => {
  const list = (items: string) => `apiVersion: networking.istio.io/v1\nkind: VirtualServiceList\nmetadata: {}\nitems:\n${items}`;

  it('are their items, named by the list where they do not say it', () => {
    expect(
      found(
        list(
          '- metadata: {name: reviews, namespace: bookinfo}\n  spec: {hosts: [a], http: [{timeout: soon, route: [{destination: {host: a}}]}]}\n',
        ),
      ),
    ).toEqual(['MS1045 line 6']);
    expect(found(list(`- ${wrong.trimEnd().replaceAll('\n', '\n  ')}\n`))).toEqual(['MS1045 line 10']);
  });

  it('count as what the cluster holds', () => {
    const services = `apiVersion: v1\nkind: ServiceList\nitems:\n- ${service('reviews').trimEnd().replaceAll('\n', '\n  ')}\n`;
    expect(checkManifests(new Map([['a.yaml', services]])).others).toBe(1);
    expect(found(`${services}---\n${destinationRule('host: reviews')}`)).not.toContain('MS1099');
  });
});
