import { describe, expect, it } from 'vitest';
import { isSafe } from '../../src/diff/plan-phases.ts';
import type { ChangeSide } from '../../src/pipelines/change-side.ts';
import { type PlannedChange, planChange } from '../../src/pipelines/plan-change.ts';
import { failureLines } from '../../src/report/change-words.ts';
import { decisionText } from '../support/decided.ts';

const environment = 'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\n';

function side(intents: string, words = ''): ChangeSide {
  const tree = new Map([
    ['environments/mesh/environment.yaml', environment + words],
    ['environments/mesh/intents.yaml', intents],
  ]);
  return { kind: 'intents', tree, environment: 'mesh' };
}

const docs = (...texts: readonly string[]) => texts.join('---\n');

function planned(before: string, after: string, words: readonly [string, string] = ['', '']): PlannedChange {
  const change = planChange(side(before, words[0]), side(after, words[1]));
  expect(change.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  // What is said of every plan: each step is safe, and the last state is the target, byte for byte.
  for (const phase of change.plan?.phases ?? []) expect(isSafe(phase.step)).toBe(true);
  const last = change.plan?.phases?.at(-1);
  if (last !== undefined) {
    const target = planChange(side(after, words[1]), side(after, words[1])).plan?.phases?.at(-1);
    expect([...last.from.files]).toEqual([...(target?.from.files ?? [])]);
  }
  return change;
}

/** 'expand: DestinationRule bookinfo/reviews; shift: …' */
function told({ plan }: PlannedChange): string {
  return plan?.phases === undefined
    ? 'refused'
    : plan.phases.map(({ name, step }) => `${name}: ${step.states.changes.map(({ id }) => id).join(', ')}`).join('; ');
}

function witness({ plan }: PlannedChange): string | undefined {
  const unsafe = plan?.direct.states.unsafe;
  return unsafe === undefined ? undefined : `${decisionText(unsafe.sees)} while ${unsafe.waiting.join(', ')} waits`;
}

const reviews = (words: string, versions = '[v1, v2]') => `service: reviews\nport: 9080\nversions: ${versions}\n${words}\n`;
const virtualService = 'VirtualService bookinfo/reviews';
const destinationRule = 'DestinationRule bookinfo/reviews';

describe('changes of Bookinfo', () => {
  it('of a percentage alone are one phase', () => {
    const percent = (number: number) => reviews(`stable: v1\ncanary: {version: v2, percent: ${number}}`);
    expect(told(planned(percent(10), percent(20)))).toBe(`shift: ${virtualService}`);
  });

  it('that add a version and send it 10 % expand, then shift', () => {
    const change = planned(reviews('stable: v1'), reviews('stable: v1\ncanary: {version: v3, percent: 10}', '[v1, v2, v3]'));
    expect(told(change)).toBe(`expand: ${destinationRule}; shift: ${virtualService}`);
    expect(witness(change)).toBe(`reviews/v1:9080=90 reviews/v3:9080=10!NC while ${destinationRule} waits`);
    expect(change.plan?.phases?.map(({ from }) => from.changes)).toEqual([
      [{ title: 'service reviews', action: 'changed', patch: { versions: { v3: {} } } }],
      [{ title: 'service reviews', action: 'changed', patch: { canary: { version: 'v3', percent: 10 } } }],
    ]);
  });

  it('that remove the old version after 100 % shift, then contract', () => {
    const change = planned(reviews('stable: v1\ncanary: {version: v2, percent: 90}'), reviews('stable: v2', '[v2]'));
    expect(told(change)).toBe(`shift: ${virtualService}; contract: ${destinationRule}`);
    // With 100 % there is nothing left to shift.
    const full = planned(reviews('stable: v1\ncanary: {version: v2, percent: 100}'), reviews('stable: v2', '[v2]'));
    expect(told(full)).toBe(`contract: ${destinationRule}`);
  });

  it('that rename a version need all three', () => {
    const change = planned(
      reviews('stable: v1', '{v1: {labels: {version: v1}}}'),
      reviews('stable: one', '{one: {labels: {version: v1}}}'),
    );
    expect(told(change)).toBe(`expand: ${destinationRule}; shift: ${virtualService}; contract: ${destinationRule}`);
  });

  it('that add an external and route to it expand, then shift', () => {
    const before = reviews('stable: v1');
    const after = docs(
      reviews('stable: v1\nroutes: [{match: {uri: {prefix: /ext}}, to: {external: reviews-ext}}]'),
      'external: reviews-ext\nhosts: [reviews.example.com]\nports: {http: 80}\nresolution: DNS\n',
    );
    expect(told(planned(before, after))).toBe(`expand: ServiceEntry bookinfo/reviews-ext; shift: ${virtualService}`);
    expect(told(planned(after, before))).toBe(`shift: ${virtualService}; contract: ServiceEntry bookinfo/reviews-ext`);
  });

  it('that remove a host of a gateway', () => {
    const intents = (hosts: string, expose: string) =>
      docs(
        `gateway: bookinfo-gateway\nservers: [{http: 80, hosts: ${hosts}}]\n`,
        `service: productpage\nport: 9080\nexpose: [{gateway: bookinfo-gateway, hosts: ${expose}}]\n`,
      );
    const two = intents('[a.example.com, b.example.com]', '[a.example.com, b.example.com]');
    const one = intents('[a.example.com]', '[a.example.com]');
    expect(told(planned(two, one))).toBe('shift: Gateway bookinfo/bookinfo-gateway, VirtualService bookinfo/productpage-bookinfo-gateway');
    expect(told(planned(one, two))).toBe('shift: Gateway bookinfo/bookinfo-gateway, VirtualService bookinfo/productpage-bookinfo-gateway');
  });

  it('that add a delegate, and those that give its path to another', () => {
    const intents = (hosts: string) =>
      docs(
        `gateway: bookinfo-gateway\nservers: [{http: 80, hosts: [shop.example.com]}]\nhosts: {shop.example.com: ${hosts}}\n`,
        'service: api\nport: 9080\n',
        'service: web\nport: 9080\n',
        'service: next\nport: 9080\n',
      );
    const alone = intents('[{service: web}]');
    const both = intents('[{prefix: /api, service: api}, {service: web}]');
    const given = intents('[{prefix: /api, service: next}, {service: web}]');
    expect(told(planned(alone, both))).toMatch(/^(shift|expand): [^;]*$/);
    expect(told(planned(both, given))).toMatch(/^expand: .*; shift: .*$/);
  });

  it('that delete a service with its routes', () => {
    const other = 'service: ratings\nport: 9080\n';
    expect(told(planned(docs(other, reviews('stable: v1')), other))).toBe(`shift: ${virtualService}; contract: ${destinationRule}`);
  });

  it('that narrow what a caller sees take it away last', () => {
    const registry = (dependsOn: string, words: string) =>
      docs(
        `service: productpage\nport: 9080\nworkload: {labels: {app: productpage}}\ndependsOn: ${dependsOn}\n`,
        reviews(words),
        'service: ratings\nport: 9080\n',
      );
    const words = ['sidecars: true\n', 'sidecars: true\n'] as const;
    const change = planned(registry('[reviews, ratings]', 'stable: v1'), registry('[reviews]', 'stable: v2'), words);
    expect(told(change)).toBe(`shift: ${virtualService}; contract: Sidecar bookinfo/productpage`);
  });

  it('that refuse a caller do so last', () => {
    const intents = (allowFrom: string, words: string) =>
      reviews(`workload: {labels: {app: reviews}}\nallowFrom: [${allowFrom}]\n${words}`);
    const words = ['authorization: enforce\n', 'authorization: enforce\n'] as const;
    const [a, b] = ['{serviceAccount: a}', '{serviceAccount: b}'];
    const policy = 'AuthorizationPolicy bookinfo/reviews';
    expect(told(planned(intents(`${a}, ${b}`, 'stable: v1'), intents(a, 'stable: v2'), words))).toBe(
      `shift: ${virtualService}; contract: ${policy}`,
    );
    expect(told(planned(intents(`${a}, ${b}`, 'stable: v1'), intents(a, 'stable: v1'), words))).toBe(`contract: ${policy}`);
    // Whoever is admitted may be so before or with the shift, never after.
    const admitting = told(planned(intents(a, 'stable: v1'), intents(`${a}, ${b}`, 'stable: v2'), words));
    expect([`shift: ${virtualService}, ${policy}`, `expand: ${policy}; shift: ${virtualService}`]).toContain(admitting);
    // On trial it refuses nobody.
    const trial = ['authorization: dry-run\n', 'authorization: dry-run\n'] as const;
    expect(told(planned(intents(`${a}, ${b}`, 'stable: v1'), intents(a, 'stable: v2'), trial))).toMatch(/^shift: [^;]*$/);
  });

  it('that add an external with a policy', () => {
    const before = reviews('stable: v1');
    const ext = (words: string) => `external: reviews-ext\nhosts: [reviews.example.com]\nports: {http: 80}\nresolution: DNS\n${words}\n`;
    const lenient = 'outlierDetection: {consecutive5xxErrors: 5}';
    const led = reviews('stable: v1\nroutes: [{match: {uri: {prefix: /ext}}, to: {external: reviews-ext}}]');
    const [entry, rule] = ['ServiceEntry bookinfo/reviews-ext', 'DestinationRule bookinfo/reviews-ext'];
    // Nobody had a policy there before.
    expect(told(planned(before, docs(before, ext(lenient))))).toBe(`expand: ${entry}, ${rule}`);
    expect(told(planned(before, docs(led, ext(lenient))))).toBe(`expand: ${entry}, ${rule}; shift: ${virtualService}`);
    expect(told(planned(docs(led, ext(lenient)), before))).toBe(`shift: ${virtualService}; contract: ${entry}, ${rule}`);
  });

  it('that add an external with TLS hide it until its rule is there', () => {
    const before = reviews('stable: v1');
    const secure = 'external: books\nhosts: [www.example.com]\nports: {http: 80, https: 443}\noriginateTls: {}\n';
    const led = reviews('stable: v1\nroutes: [{match: {uri: {prefix: /ext}}, to: {external: books, port: http}}]');
    const [entry, rule] = ['ServiceEntry bookinfo/books', 'DestinationRule bookinfo/books'];
    const change = planned(before, docs(before, secure));
    expect(told(change)).toBe(`expand: ${entry}, ${rule}; shift: ${entry}`);
    expect(change.plan?.phases?.[0]?.from.changes[0]?.patch.patches).toEqual([
      {
        target: { kind: 'ServiceEntry' },
        ops: [{ op: 'add', path: '/spec/exportTo', value: ['~'] }],
        reason: 'hidden until its DestinationRule is everywhere',
      },
    ]);
    expect(told(planned(before, docs(led, secure)))).toBe(`expand: ${entry}, ${rule}; expand: ${entry}; shift: ${virtualService}`);
  });

  it('that send callers out by a gateway have it there first, and take it away last', () => {
    const partner = (words: string) => `external: partner\nhosts: [api.partner.example]\nports: {https: 443}\n${words}`;
    const egress = 'service: istio-egressgateway\nnamespace: istio-system\nports: {https: 443}\n';
    const [direct, via] = [docs(egress, partner('')), docs(egress, partner('via: istio-egressgateway\n'))];
    const [gateway, route] = ['Gateway bookinfo/partner-egress', 'VirtualService bookinfo/partner'];
    const out = planned(direct, via);
    expect(witness(out)).toMatch(/istio-egressgateway.*!reset while Gateway bookinfo\/partner-egress waits/);
    expect(told(out)).toBe(`expand: ${gateway}, ${route}; shift: ${route}`);
    expect(told(planned(via, direct))).toBe(`shift: ${route}; contract: ${gateway}, ${route}`);
  });

  it('that let an external that is in use originate TLS are refused, both ways', () => {
    const books = (words: string) => `external: books\nhosts: [www.example.com]\nports: {http: 80, https: 443}\n${words}`;
    const [plain, secure] = [books(''), books('originateTls: true\n')];
    expect(told(planned(plain, secure))).toBe('refused');
    expect(told(planned(secure, plain))).toBe('refused');
    const { report } = planned(plain, secure);
    const lines = report?.failure === undefined ? [] : failureLines(report.failure);
    expect(lines.join('\n')).toMatch(/would see {3}www\.example\.com:80 at \{targetPort: (80|443)\} 100 % by \{/);
  });

  it('that give the canary another label and a share send nobody to the old label', () => {
    const words = (version: string, percent: number) =>
      reviews(
        `stable: one\ncanary: {version: two, percent: ${percent}}`,
        `{one: {labels: {version: v1}}, two: {labels: {version: ${version}}}}`,
      );
    const change = planned(words('v2', 0), words('v3', 50));
    expect(told(change)).toBe(`expand: ${destinationRule}; shift: ${virtualService}`);
    const lines = change.report?.failure === undefined ? [] : failureLines(change.report.failure);
    expect(lines[1]).toContain('two {version: v2} 50 %');
    expect(lines[4]).toContain('two {version: v3} 50 %');
  });

  it('tell what intents say anew only where it is known what they said', () => {
    const after = docs(reviews('stable: v1'), 'service: ratings\nport: 9080\n');
    const manifests: ChangeSide = { kind: 'manifests', tree: new Map() };
    // Rendered by other words that nobody has kept.
    const text = `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews, namespace: bookinfo}\nspec: {host: reviews}\n`;
    const { report } = planChange({ ...manifests, tree: new Map([['a.yaml', text]]) }, side(after));
    expect(report?.phases.flatMap(({ intents }) => intents)).toEqual([]);
    // Nothing rendered: nothing was said.
    expect(planChange(manifests, side(after)).report?.phases.flatMap(({ intents }) => intents.map(({ action }) => action))).toContain(
      'created',
    );
  });

  it('of nothing are no phases', () => {
    expect(told(planned(reviews('stable: v1'), reviews('stable: v1')))).toBe('shift: ');
  });

  it('are refused where three phases do not suffice, with the request', () => {
    const legacy = (subset: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: legacy, namespace: bookinfo}
spec: {hosts: [legacy], http: [{route: [{destination: {host: legacy, subset: ${subset}}}]}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: legacy, namespace: bookinfo}
spec: {host: legacy, subsets: [{name: ${subset}, labels: {version: v1}}]}
`;
    const withLegacy = (subset: string): ChangeSide => {
      const {
        kind,
        tree,
        environment: name,
      } = side('service: ratings\nport: 9080\n', 'manifests: [legacy/]\n') as Extract<ChangeSide, { kind: 'intents' }>;
      return { kind, tree: new Map([...tree, ['environments/mesh/legacy/all.yaml', legacy(subset)]]), environment: name };
    };
    const { plan } = planChange(withLegacy('v1'), withLegacy('one'));
    expect(plan?.phases).toBeUndefined();
    expect(plan?.failing?.states.unsafe?.request.host).toBe('legacy.bookinfo.svc.cluster.local');
  });
});
