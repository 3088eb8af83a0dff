import { describe, expect, it } from 'vitest';
import { rendered } from '../../support/rendered.ts';

const service = (words: string) => `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}`;
const findings = (intents: string, environment = '') => rendered(intents, { environment }).findings;

describe('weights that a controller owns', () => {
  it.each(['canary: {version: v2, percent: 10}', 'rollout: {steps: [10, 100]}'])('stand beside no %s', (words) => {
    for (const owner of ['argo-rollouts', 'flagger'])
      expect(findings(service(`weights: ${owner}\n${words}\n`)).filter((one) => one.startsWith('MS31'))).toEqual(['MS3100 line 6']);
    expect(findings(service(`weights: git\n${words}\n`)).filter((one) => one.startsWith('MS31'))).toEqual([]);
  });

  it('stand beside no split', () => {
    const words = 'service: reviews\nport: 9080\nversions: [v1, v2]\nweights: flagger\nsplit: {v1: 40, v2: 60}\n';
    expect(findings(words)).toContain('MS3100 line 5');
    expect(findings(words.replace('weights: flagger\n', ''))).toEqual([]);
  });

  it('stand beside routes and pins, unless the controller writes those as well', () => {
    const words = 'routes: [{match: {uri: {prefix: /a}}, to: v2}]\npins: [{match: [{headers: {x-beta: {exact: "1"}}}], version: v2}]\n';
    expect(findings(service(`weights: argo-rollouts\n${words}`)).filter((one) => one.startsWith('MS31'))).toEqual([]);
    expect(findings(service(`weights: flagger\n${words}`)).filter((one) => one.startsWith('MS31'))).toEqual([
      'MS3100 line 7',
      'MS3100 line 6',
    ]);
  });

  it('stand beside no exposure and no name that Flagger writes over', () => {
    const gateway = '---\ngateway: bookinfo-gateway\nservers: [{http: 80, hosts: ["*"]}]\n';
    const words = (owner: string) => service(`weights: ${owner}\nexpose: bookinfo-gateway\nnames: {VirtualService: main}\n${gateway}`);
    const ofOwner = (owner: string) => findings(words(owner)).filter((one) => one.startsWith('MS31'));
    expect(ofOwner('flagger')).toEqual(['MS3100 line 6', 'MS3100 line 7']);
    expect(ofOwner('argo-rollouts')).toEqual([]);
  });

  it('are no matter of a route with shares of its own', () => {
    const routes = (to: string) => service(`weights: argo-rollouts\nroutes: [{match: {uri: {prefix: /a}}, to: ${to}}]\n`);
    expect(findings(routes('{v1: 80, v2: 20}'))).toEqual(['MS3100 line 6']);
    expect(findings(routes('{v2: 100}'))).toEqual([]);
  });

  it('ride on no train', () => {
    const train = '---\ntrain: t\nservices: {reviews: v2}\nrollout: {steps: [10, 100]}\n';
    expect(findings(service(`weights: argo-rollouts\n${train}`))).toContain('MS3100 line 8');
  });

  it('may be said for a whole environment', () => {
    const environment = 'defaults: {service: {weights: flagger}}';
    expect(findings(service('canary: {version: v2, percent: 10}\n'), environment)).toEqual(['MS3100 line 5']);
    expect(findings(service('weights: git\ncanary: {version: v2, percent: 10}\n'), environment)).toEqual([]);
  });

  it('are shifted between two versions by Argo Rollouts', () => {
    const versions = (words: string) => findings(`service: reviews\nport: 9080\nweights: argo-rollouts\n${words}`);
    expect(versions('versions: [v1]\nstable: v1\n')).toEqual(['MS3101 line 3']);
    expect(versions('versions: [v1, v2]\n')).toEqual(['MS3101 line 3']);
    expect(versions('')).toEqual(['MS3101 line 3']);
    expect(versions('versions: [v1, v2]\nstable: v1\n')).toEqual([]);
  });
});

describe('what is rendered where a controller owns the weights', () => {
  const weightsOf = (owner: string) => {
    const { findings: found, spec } = rendered(service(`weights: ${owner}\n`));
    expect(found).toEqual([]);
    return JSON.stringify(spec('VirtualService reviews'));
  };

  it('leads all to stable, and has both destinations where the controller looks for them', () => {
    expect(weightsOf('argo-rollouts')).toContain(
      '{"name":"weighted","route":[{"destination":{"host":"reviews","subset":"v1"},"weight":100},{"destination":{"host":"reviews","subset":"v2"},"weight":0}]',
    );
    expect(weightsOf('flagger')).toContain('"route":[{"destination":{"host":"reviews","subset":"v1"}}]');
    expect(weightsOf('flagger')).toBe(weightsOf('git'));
  });

  it('has no name twice among the routes that the controller finds by name', () => {
    const ports = service(
      'weights: argo-rollouts\nroutes: [{match: {uri: {prefix: /a}}}, {name: api, match: {uri: {prefix: /b}}}]\n',
    ).replace('port: 9080', 'ports: {http: {number: 9080}, http-b: {number: 9081}}');
    const { http } = rendered(ports).spec('VirtualService reviews') as { http: readonly { name?: string }[] };
    expect(http.map(({ name }) => name)).toEqual(['weighted', 'api', 'weighted-2', 'weighted-3', 'api-2', 'weighted-4']);
  });

  it('has a name of its own in routes of others that lead there, and none on pins', () => {
    const pins = 'pins: [{user: jason, version: v2}]\n';
    const other = (name: string) =>
      `---\nservice: productpage\nport: 9080\nversions: [v1, v2]\nstable: v1\nweights: argo-rollouts\nroutes: [{${name}match: {uri: {prefix: /r}}, to: {service: reviews}}]\n`;
    const namesOf = (name: string) =>
      rendered(service(`weights: argo-rollouts\n${pins}${other(name)}`))
        .http('VirtualService productpage')
        .map((route) => route.name);
    expect(namesOf('')).toEqual([undefined, 'weighted-reviews', 'weighted']);
    expect(namesOf('name: weighted, ')).toEqual([undefined, 'weighted', 'weighted-2']);
  });

  it('has a name on each route that the controller shifts, and on no other', () => {
    const pins = 'pins: [{user: jason, version: v2}]\nroutes: [{name: api, match: {uri: {prefix: /api}}}]\n';
    const { spec } = rendered(service(`weights: argo-rollouts\n${pins}`));
    const { http } = spec('VirtualService reviews') as { http: readonly { name?: string; route: readonly unknown[] }[] };
    expect(http.map(({ name, route }) => [name, route.length])).toEqual([
      [undefined, 1],
      ['api', 2],
      [undefined, 1],
      ['weighted', 2],
    ]);
  });
});
