import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { virtualService } from '../support/checked.ts';
import { folderWith, type Ran, runIn } from './cli-fixtures.ts';

const goldens = join(import.meta.dirname, 'traces');
const compiler = async () => createCompiler;

/** This repository's Bookinfo. */
function bookinfo(): string {
  const folder = folderWith({});
  cpSync(join(process.cwd(), 'environments'), join(folder, 'environments'), { recursive: true });
  return folder;
}

const handWritten = `apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: bookinfo}
spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: bookinfo}
spec:
  hosts: [reviews]
  http:
    - match: [{uri: {prefix: /old}}]
      redirect: {uri: /new, redirectCode: 302}
    - match: [{uri: {prefix: /api}}]
      rewrite: {uri: /v1}
      mirror: {host: reviews, subset: v2}
      mirrorPercentage: {value: 5}
      route: [{destination: {host: reviews, subset: v9}, weight: 50}, {destination: {host: reviews, subset: v2}, weight: 50}]
    - match: [{sourceLabels: {app: web}}]
      directResponse: {status: 503}
    - route: [{destination: {host: reviews, subset: v2}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews-by-name, namespace: bookinfo}
spec:
  hosts: [reviews.bookinfo]
  http: [{route: [{destination: {host: reviews}}]}]
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: bookinfo}
spec: {host: reviews, subsets: [{name: v2, labels: {version: v2}}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: no-deletes, namespace: bookinfo}
spec: {action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}]}
`;

const traces: Readonly<Record<string, readonly string[]>> = {
  'jason-is-pinned': ['--env', 'prod', 'http://reviews:9080/reviews/1', '-H', 'end-user: jason'],
  'everyone-else': ['--env', 'prod', 'reviews'],
  ingress: ['--env', 'prod', '--via', 'bookinfo-gateway', 'https://bookinfo.example.com/productpage'],
  'ingress-not-found': ['--env', 'prod', '--via', 'bookinfo-gateway', 'https://bookinfo.example.com/admin'],
  'ingress-redirect': ['--env', 'prod', '--via', 'bookinfo-gateway', 'http://bookinfo.example.com/productpage'],
  'ingress-unknown-host': ['--env', 'prod', '--via', 'bookinfo-gateway', 'https://shop.example.com/'],
  'unknown-host': ['--env', 'prod', 'http://example.com/'],
  'host-nearly-spelled': ['--env', 'prod', 'http://reveiws:9080/'],
  'wrong-port': ['--env', 'prod', 'http://reviews:8080/'],
  'from-another-namespace': ['--env', 'prod', '--from', 'shop/app=cart', 'http://reviews.bookinfo:9080/'],
  tcp: ['--env', 'prod', '--tcp', 'mongodb'],
  tls: ['--env', 'prod', 'https://api.payments.example.com/'],
  'egress-with-tls': ['--env', 'prod', 'http://www.googleapis.com/books/v1/volumes'],
  fault: ['--env', 'dev', 'ratings', '-H', 'end-user: tester-1'],
  delay: ['--env', 'dev', 'ratings', '-H', 'end-user: tester-2'],
  'hand-written-missing-subset': ['--manifests', 'k8s', 'http://reviews.bookinfo:9080/api/x'],
  'hand-written-redirect': ['--manifests', 'k8s', '--namespace', 'bookinfo', 'reviews/old'],
  'hand-written-by-labels': ['--manifests', 'k8s', '--from', 'bookinfo/app=web', 'reviews'],
  'hand-written-denied': ['--manifests', 'k8s', '--from', 'bookinfo', '-X', 'DELETE', 'reviews'],
};

async function traced(words: readonly string[]): Promise<Ran> {
  const folder = bookinfo();
  mkdirSync(join(folder, 'k8s'));
  writeFileSync(join(folder, 'k8s/reviews.yaml'), handWritten);
  return runIn(folder, ['trace', ...words], { compiler });
}

describe('the story of a request', () => {
  it.each(Object.entries(traces))('%s', async (name, words) => {
    const { code, stdout, stderr } = await traced(words);
    const line = `$ mainsheet trace ${words.map((word) => (/[\s&]/.test(word) ? JSON.stringify(word) : word)).join(' ')}`;
    const told = `${line}\n${stdout}${stderr}`;
    const file = join(goldens, `${name}.txt`);
    if (process.env.UPDATE_GOLDEN === '1') {
      mkdirSync(goldens, { recursive: true });
      writeFileSync(file, told);
    }
    expect(existsSync(file)).toBe(true);
    expect([code, told]).toEqual([0, readFileSync(file, 'utf8')]);
  });

  it('as JSON, for programs', async () => {
    const { code, stdout } = await traced(['--env', 'prod', 'http://reviews:9080/', '-H', 'end-user: jason', '--json']);
    const told = JSON.parse(stdout);
    expect([code, told.kind, told.destinations[0].subset, told.request.headers]).toEqual([0, 'route', 'v2', { 'end-user': 'jason' }]);
    const taken = told.steps.find(({ about, took }: { about: string; took: boolean }) => about === 'match' && took);
    expect(taken.source).toEqual({ file: 'environments/prod/services/reviews.yaml', line: 4, column: expect.any(Number) });
    expect(taken.place).toEqual({ manifest: 'VirtualService bookinfo/reviews', pointer: '/http/0/match/0' });
  });

  it('of piped manifests', async () => {
    const { code, stdout } = await runIn(folderWith({}), ['trace', '--manifests', '-', '--namespace', 'bookinfo', 'reviews'], {
      input: handWritten,
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('<stdin>:33')]);
  });

  it('by the rules of a version', async () => {
    const { stdout } = await traced(['--manifests', 'k8s', '--istio', '1.20', '--from', 'bookinfo', 'reviews']);
    expect(stdout).toContain('100 %  v2 of');
  });

  it('of an environment whose manifests break a rule: what comes of it is the answer', async () => {
    const patch = '[{op: replace, path: /spec/http/0/route/0/destination/subset, value: v9}]';
    const folder = folderWith({
      'environments/prod/environment.yaml': 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\n',
      'environments/prod/reviews.yaml': `service: reviews\nport: 9080\nversions: [v1]\nstable: v1\npatches: [{target: VirtualService, ops: ${patch}}]\n`,
    });
    const { code, stdout, stderr } = await runIn(folder, ['trace', 'http://reviews:9080/'], { compiler });
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('503'), '']);
  });

  it("in curl's short form", async () => {
    const { stdout } = await traced(['--manifests', 'k8s', '--from', 'bookinfo', '-XDELETE', '-Hx-a: 1', 'reviews']);
    expect(stdout).toMatch(/^DELETE http:\/\/reviews:\d+\/ from bookinfo with x-a: 1\n/);
  });

  it('with the claims of a token', async () => {
    const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: bookinfo}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: bookinfo}
spec: {hosts: ["*"], gateways: [gw], http: [{match: [{headers: {"@request.auth.claims.group": {exact: admin}}}], redirect: {uri: /admin}}]}
`;
    const ask = (...words: string[]) =>
      runIn(folderWith({ 'k8s/a.yaml': gateway }), ['trace', '--manifests', 'k8s', '--via', 'bookinfo/gw', 'http://a/', ...words], {
        compiler,
      });
    expect((await ask('--claim', 'group=user', '--claim', 'group=admin')).stdout).toContain('redirect');
    expect((await ask('--claim', 'group=user')).stdout).toContain('404');
    expect((await ask('-H', '@request.auth.claims.group: admin')).stderr).toContain('--claim group=admin');
    expect((await ask('--claim', 'admin')).code).toBe(1);
  });

  it('not where an object decides it that no cluster would take', async () => {
    const text =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: r, namespace: a}\nspec: {hosts: [reviews], http: [{route: [{destination: reviews}]}]}\n';
    const { code, stdout, stderr } = await runIn(
      folderWith({ 'k8s/a.yaml': text }),
      ['trace', '--manifests', 'k8s', '--namespace', 'a', 'reviews'],
      {
        compiler,
      },
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/MS1042[\s\S]*VirtualService a\/r, which no cluster would take as it is/);
  });

  it('without --env where there is one environment', async () => {
    const folder = folderWith({
      'environments/prod/environment.yaml': 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\n',
      'environments/prod/reviews.yaml': 'service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n',
    });
    const { code, stdout } = await runIn(folder, ['trace', 'reviews'], { compiler });
    expect([code, stdout]).toEqual([0, expect.stringContaining('v1 of reviews.bookinfo.svc.cluster.local:9080')]);
  });
});

describe('what cannot be asked', () => {
  it.each<[string, readonly string[], string]>([
    ['which environment', ['http://reviews/'], 'which environment? There are dev, prod and staging'],
    ['an environment that is not there', ['--env', 'prd', 'reviews'], 'no environment "prd"'],
    ['no URL', ['--env', 'prod', 'http://a b'], '"http://a b" is no URL'],
    ['a gateway that is not there', ['--env', 'prod', '--via', 'bookinfo-gatway', 'http://a'], 'did you mean `bookinfo-gateway`?'],
    ['a header', ['--env', 'prod', '-H', 'jason', 'reviews'], '"jason" is no header'],
    ['an environment of manifests', ['--env', 'prod', '--manifests', 'k8s', 'reviews'], '`--env` names an environment of intents'],
    ['manifests that are not there', ['--manifests', 'nowhere', 'reviews'], 'nothing stands at "nowhere"'],
  ])('%s', async (_, words, said) => {
    const { code, stdout, stderr } = await traced(words);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(said)]);
  });

  it('intents that cannot be read: their errors', async () => {
    const folder = folderWith({
      'environments/prod/environment.yaml': 'environment: prod\nistio: "1.29"\n',
      'environments/prod/reviews.yaml': 'service: reviews\nprot: 9080\n',
    });
    const { code, stderr } = await runIn(folder, ['trace', 'reviews'], { compiler });
    expect([code, stderr]).toEqual([1, expect.stringContaining('did you mean `port`?')]);
  });

  it('manifests of which one document is no YAML: no answer out of the rest', async () => {
    const input = `${virtualService('hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}]}]')}---\nkind: [\n`;
    const { code, stdout, stderr } = await runIn(folderWith({}), ['trace', '--manifests', '-', '--namespace', 'bookinfo', 'reviews'], {
      input,
    });
    expect([code, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining('MS1001')]);
    expect(stdout).not.toContain('reviews.bookinfo');
  });

  it('manifests that are no YAML: their errors', async () => {
    const { code, stderr } = await runIn(folderWith({ 'a.yaml': 'a: [\n' }), ['trace', '--manifests', 'a.yaml', 'reviews']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('a.yaml')]);
  });
});
