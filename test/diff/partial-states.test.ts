import { describe, expect, it } from 'vitest';
import { type PartialStates, partialStates } from '../../src/diff/partial-states.ts';
import { destinationRule, virtualService } from '../support/checked.ts';
import { decisionText } from '../support/decided.ts';
import { manifestsIn, servicesNamed, statesWith } from '../support/mesh-states.ts';

const stateOf = statesWith(servicesNamed('reviews', 'ratings'));

function between(before: string, after: string): PartialStates {
  return partialStates(manifestsIn(before), manifestsIn(after), stateOf);
}

function told({ unsafe, changes }: PartialStates): string {
  if (unsafe === undefined) return `safe, ${changes.length}`;
  const { applied, waiting, sees } = unsafe;
  return `${applied.join(', ')} without ${waiting.join(', ')}: ${decisionText(sees)}`;
}

const routes = (http: string) => virtualService(`hosts: [reviews]\nhttp: ${http}`);
const to = (subset: string) => `{destination: {host: reviews, subset: ${subset}}}`;
const subsets = (...names: readonly string[]) =>
  destinationRule(`host: reviews\nsubsets: [${names.map((name) => `{name: ${name}, labels: {version: ${name}}}`).join(', ')}]`);
const docs = (...texts: readonly string[]) => texts.join('---\n');

describe('partial states', () => {
  it('of one object are none', () => {
    expect(told(between(routes(`[{route: [${to('v1')}]}]`), routes(`[{route: [${to('v2')}]}]`)))).toBe('safe, 1');
  });

  it('show a route that comes before its subset', () => {
    const before = docs(routes(`[{route: [${to('v1')}]}]`), subsets('v1'));
    const after = docs(routes(`[{route: [${to('v2')}]}]`), subsets('v1', 'v2'));
    expect(told(between(before, after))).toBe(
      'VirtualService bookinfo/reviews without DestinationRule bookinfo/reviews: reviews/v2:9080!NC',
    );
    expect(told(between(after, before))).toBe(
      'DestinationRule bookinfo/reviews without VirtualService bookinfo/reviews: reviews/v2:9080!NC',
    );
  });

  it('need a witness only one header tells', () => {
    const plain = `{route: [${to('v1')}]}`;
    const pin = `{match: [{headers: {end-user: {exact: jason}}}], route: [${to('v2')}]}`;
    const { unsafe } = between(docs(routes(`[${plain}]`), subsets('v1')), docs(routes(`[${pin}, ${plain}]`), subsets('v1', 'v2')));
    expect(unsafe?.request.headers).toEqual({ 'end-user': 'jason' });
  });

  it('are safe where the objects have nothing to do with one another', () => {
    const other = destinationRule('host: ratings\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}', 'ratings');
    const before = docs(routes(`[{route: [${to('v1')}]}]`), subsets('v1', 'v2'));
    const after = docs(routes(`[{route: [${to('v2')}]}]`), subsets('v1', 'v2'), other);
    expect(told(between(before, after))).toBe('safe, 2');
  });

  it('lead from one host to another', () => {
    const before = docs(routes('[{route: [{destination: {host: ratings}}]}]'));
    const rule = destinationRule('host: ratings\nsubsets: [{name: v1, labels: {version: v1}}]', 'ratings');
    const after = docs(routes('[{route: [{destination: {host: ratings, subset: v1}}]}]'), rule);
    expect(told(between(before, after))).toBe(
      'VirtualService bookinfo/reviews without DestinationRule bookinfo/ratings: ratings/v1:9080!NC',
    );
  });

  it('take a policy that only the new one has at a destination for an answer that may come early', () => {
    const rule = (policy: string) => `${subsets('v1', 'v2')}  trafficPolicy: {loadBalancer: {simple: ${policy}}}\n`;
    const before = docs(routes(`[{route: [${to('v1')}]}]`), rule('RANDOM'));
    expect(told(between(before, docs(routes(`[{timeout: 2s, route: [${to('v1')}]}]`), rule('ROUND_ROBIN'))))).toBe('safe, 2');
    // v2 has never been called with the old policy.
    expect(told(between(before, docs(routes(`[{route: [${to('v2')}]}]`), rule('ROUND_ROBIN'))))).not.toBe('safe, 2');
  });

  it('ask for the same pods, not for the same names', () => {
    const shares = (stable: number) =>
      routes(
        `[{route: [{destination: {host: reviews, subset: stable}, weight: ${stable}}, {destination: {host: reviews, subset: canary}, weight: ${100 - stable}}]}]`,
      );
    const rule = (stable: string, canary: string) =>
      destinationRule(
        `host: reviews\nsubsets: [{name: stable, labels: {version: ${stable}}}, {name: canary, labels: {version: ${canary}}}]`,
      );
    // v2 has nobody before and after, and half of everybody in between.
    expect(told(between(docs(shares(100), rule('v1', 'v2')), docs(shares(50), rule('v1', 'v3'))))).toMatch(
      /^VirtualService bookinfo\/reviews without DestinationRule/,
    );
    // Everyone stays on v1, by another name.
    expect(told(between(docs(shares(100), rule('v1', 'v2')), docs(shares(0), rule('v2', 'v1'))))).toMatch(/^VirtualService|^Destination/);
    // A name that nobody is sent to may mean others at any time.
    expect(told(between(docs(shares(100), rule('v1', 'v2')), docs(`${shares(100)}---\n`, rule('v1', 'v3'))))).toBe('safe, 1');
  });

  const external = (port: string, rest = '') =>
    `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: books, namespace: bookinfo}
spec: {hosts: [www.example.com], ports: [{number: 80, name: http, protocol: HTTP${port}}], resolution: DNS${rest}}
`;

  it('never speak TLS to a port for plain text, nor plain text to one for TLS', () => {
    const simple = destinationRule('host: www.example.com\ntrafficPolicy: {tls: {mode: SIMPLE}}', 'books');
    const [plain, secure] = [external(''), docs(external(', targetPort: 443'), simple)];
    expect(told(between(plain, secure))).toMatch(/ServiceEntry bookinfo\/books without DestinationRule|DestinationRule .* without Service/);
    expect(told(between(secure, plain))).not.toMatch(/^safe/);
  });

  it('know endpoints by their addresses', () => {
    const route = (weights: readonly [number, number]) =>
      virtualService(
        `hosts: [www.example.com]\nhttp: [{route: [{destination: {host: www.example.com, subset: v1}, weight: ${weights[0]}}, {destination: {host: www.example.com, subset: v2}, weight: ${weights[1]}}]}]`,
        'books',
      );
    const rule = destinationRule(
      'host: www.example.com\nsubsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]',
      'books',
    );
    const at = (second: string) =>
      external('', `, endpoints: [{address: 10.0.0.1, labels: {version: v1}}, {address: ${second}, labels: {version: v2}}]`);
    expect(told(between(docs(route([100, 0]), rule, at('10.0.0.2')), docs(route([50, 50]), rule, at('10.0.0.3'))))).toMatch(
      /^VirtualService bookinfo\/books without ServiceEntry/,
    );
  });

  it('ask every host that a rule is for', () => {
    const entry = external(', targetPort: 443');
    const rule = (name: string) => docs(entry, destinationRule("host: '*.example.com'\ntrafficPolicy: {tls: {mode: SIMPLE}}", name));
    // Nothing routes to it, and what else the rule is for is not known at all.
    expect(told(between(rule('old'), rule('new')))).toBe(
      'DestinationRule bookinfo/old without DestinationRule bookinfo/new: www.example.com:80',
    );
  });

  it('do not mind which of two rules counts that say the same', () => {
    const rule = (name: string) => destinationRule('host: reviews\nsubsets: [{name: v1, labels: {version: v1}}]', name);
    const route = routes(`[{route: [${to('v1')}]}]`);
    // Only the state without either has no subset.
    expect(told(between(docs(route, rule('old')), docs(route, rule('new'))))).toBe(
      'DestinationRule bookinfo/old without DestinationRule bookinfo/new: reviews/v1:9080!NC',
    );
  });

  it('ask policies by what their rules ask', () => {
    const policy = (name: string, rules: string, action = 'DENY') =>
      `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: ${name}, namespace: bookinfo}\nspec: {action: ${action}, rules: [${rules}]}\n`;
    const renamed = (rules: string, action?: string) => told(between(policy('old', rules, action), policy('new', rules, action)));
    const alone = 'AuthorizationPolicy bookinfo/old without AuthorizationPolicy bookinfo/new: reviews:9080';
    for (const rule of [
      '{to: [{operation: {paths: ["/admin*"], methods: [POST]}}]}',
      '{to: [{operation: {paths: ["*.php"], notHosts: ["public.example.com"]}}]}',
      '{when: [{key: "request.headers[x-role]", values: [guest]}]}',
      '{from: [{source: {notNamespaces: [bookinfo]}}]}',
      '{from: [{source: {principals: ["cluster.local/ns/shop/sa/*"]}}]}',
    ])
      expect([rule, renamed(rule)]).toEqual([rule, alone]);
    expect(renamed('{from: [{source: {notPrincipals: ["cluster.local/ns/shop/sa/a"]}}]}', 'ALLOW')).toBe(alone);
  });

  it('look at every state of many objects, where few have a say in each request', () => {
    const names = Array.from({ length: 9 }, (_, i) => `f${i}`);
    const others = (timeout: string) =>
      names.map((name) => virtualService(`hosts: [${name}.example.com]\nhttp: [{timeout: ${timeout}, route: [${to('v1')}]}]`, name));
    const rules = (...hosts: readonly string[]) =>
      hosts.map((host) =>
        destinationRule(`host: '${host}'\nsubsets: [{name: v1, labels: {version: v1}}]`, `rule-${host.replaceAll(/[^a-z]/g, '')}-x`),
      );
    const [old, now] = [
      rules('*.bookinfo.svc.cluster.local', '*bookinfo.svc.cluster.local', '*.svc.cluster.local'),
      rules('*svc.cluster.local', '*cluster.local', '*local'),
    ];
    const named = (list: readonly string[], word: string) => list.map((one, i) => one.replace(/name: rule-[a-z]*-x/, `name: ${word}${i}`));
    const route = routes(`[{route: [${to('v1')}]}]`);
    const change = between(docs(route, ...others('1s'), ...named(old, 'old')), docs(route, ...others('2s'), ...named(now, 'new')));
    // Only where all old rules are gone and no new one has come has v1 no rule.
    expect(change.changes).toHaveLength(15);
    expect(change.sampled).toEqual([]);
    expect(told(change)).toMatch(/old0, .*old1, .*old2 without .*new0, .*new1.*: .*!NC$/);
  });

  it('ask connections by the addresses and server names that routes name', () => {
    const entry = (port: string, ...hosts: readonly string[]) =>
      `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: outside, namespace: bookinfo}\nspec: {hosts: [${hosts.map((host) => `'${host}'`).join(', ')}], ports: [${port}], resolution: NONE}\n`;
    const tcp = '{number: 90, name: tcp, protocol: TCP}';
    const subnet = (host: string) =>
      virtualService(
        `hosts: [a.example.com]\ntcp: [{match: [{destinationSubnets: [10.0.0.0/8]}], route: [{destination: {host: ${host}}}]}]`,
      );
    expect(
      told(
        between(
          docs(entry(tcp, 'a.example.com'), subnet('a.example.com')),
          docs(entry(tcp, 'a.example.com', 'b.example.com'), subnet('b.example.com')),
        ),
      ),
    ).toBe('VirtualService bookinfo/reviews without ServiceEntry bookinfo/outside: b.example.com:90!reset');
    const tls = '{number: 443, name: tls, protocol: TLS}';
    const named = (host: string) =>
      virtualService(`hosts: ['*.example.com']\ntls: [{match: [{sniHosts: [x.example.com]}], route: [{destination: {host: ${host}}}]}]`);
    expect(
      told(
        between(
          docs(entry(tls, '*.example.com'), named('any.example.com')),
          docs(entry(tls, '*.example.com', 'b.example.org'), named('b.example.org')),
        ),
      ),
    ).toBe('VirtualService bookinfo/reviews without ServiceEntry bookinfo/outside: b.example.org:443!reset');
  });

  it('say so where a group is too large for all its subsets', () => {
    const names = Array.from({ length: 14 }, (_, i) => `s${i}`);
    const route = routes(`[{route: [${names.map((name) => `{destination: {host: ${name}, subset: v1}, weight: 10}`).join(', ')}]}]`);
    const rules = (policy: string, version: string) =>
      names.map((name) =>
        destinationRule(
          `host: ${name}\ntrafficPolicy: {loadBalancer: {simple: ${policy}}}\nsubsets: [{name: ${version}, labels: {version: v1}}]`,
          name,
        ),
      );
    const change = between(docs(route, ...rules('RANDOM', 'v1')), docs(route, ...rules('ROUND_ROBIN', 'v1')));
    expect([told(change), change.sampled]).toEqual(['safe, 14', [14]]);
    expect(
      told(
        between(docs(route, ...rules('RANDOM', 'v1')), docs(routes('[{route: [{destination: {host: s3}}]}]'), ...rules('RANDOM', 'v2'))),
      ),
    ).toMatch(/^VirtualService|^DestinationRule/);
  });

  it('take a Kubernetes Service among the manifests for what it is', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: extra, namespace: bookinfo}\nspec: {ports: [{port: 80, name: http}]}\n';
    const change = between(routes(`[{route: [${to('v1')}]}]`), docs(routes('[{route: [{destination: {host: extra}}]}]'), service));
    expect(told(change)).toMatch(/^VirtualService bookinfo\/reviews without Service bookinfo\/extra/);
  });
});
