import { cpSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { filesOf, folderWith, put, type Ran, runIn } from './cli-fixtures.ts';

const compiler = async () => createCompiler;

function bookinfo(files: Readonly<Record<string, string>> = {}): string {
  const folder = folderWith(files);
  cpSync(join(process.cwd(), 'environments'), join(folder, 'environments'), { recursive: true });
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}

const run = (folder: string, ...words: readonly string[]): Promise<Ran> => runIn(folder, ['test', ...words], { compiler });

const good = `tests:
  - name: jason sees v2
    request: {url: "http://reviews:9080/", headers: {end-user: jason}}
    expect: {to: v2, timeout: 5s, failure: null}
  - name: everyone else
    request: {host: [reviews, reviews.bookinfo], port: 9080, path: [/, /reviews/1], method: [GET, POST]}
    expect: {to: {v1: 90, v3: 10}}
  - name: the page is reached by https alone
    request: {url: "http://bookinfo.example.com/productpage", via: bookinfo-gateway}
    expect: {redirect: {scheme: https}}
`;

describe('mainsheet test', () => {
  it('runs the tests beside the intents, which are no intents', async () => {
    const folder = bookinfo({ 'environments/prod/services/reviews.test.yaml': good });
    expect(await run(folder, '--env', 'prod')).toEqual({ code: 0, stdout: 'prod: 3 tests, 10 requests, all as expected\n', stderr: '' });
    expect((await runIn(folder, ['check'], { compiler })).code).toBe(0);
  });

  it('names the line of what is not so, and the words that decided', async () => {
    const folder = bookinfo({
      'environments/prod/services/reviews.test.yaml': good.replace('to: v2', 'to: v1').replace('{v1: 90, v3: 10}', '{v1: 80, v3: 20}'),
    });
    const { code, stdout } = await run(folder, '--env', 'prod');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'error[MS6401] routed-as-expected: "jason sees v2": GET http://reviews:9080/ from bookinfo with end-user: jason goes to v2 of reviews.bookinfo.svc.cluster.local:9080, expected v1\n --> environments/prod/services/reviews.test.yaml:4:18',
    );
    expect(stdout).toContain('::: environments/prod/services/reviews.yaml:4:');
    expect(stdout).toContain('(and 7 more of its requests)');
    expect(stdout).toContain('prod: 3 tests, 10 requests, 2 of 3 fail\n');
  });

  it('runs the tests of a folder for each environment that extends it', async () => {
    const folder = bookinfo({
      'environments/base/details.test.yaml': 'tests:\n  - {name: details, request: {url: details}, expect: {to: v1}}\n',
    });
    expect((await run(folder)).stdout).toBe(
      ['dev', 'prod', 'staging'].map((name) => `${name}: 1 test, 1 request, all as expected\n`).join(''),
    );
  });

  it('says what is wrong with a test file', async () => {
    const folder = bookinfo({ 'environments/prod/a.test.yaml': 'tests:\n  - {name: a, request: {url: details}, expect: {timout: 5s}}\n' });
    const { code, stdout } = await run(folder, '--env', 'prod');
    expect([code, stdout]).toEqual([1, expect.stringContaining('did you mean `timeout`?')]);
    expect(stdout).toContain('prod: no tests; not all test files could be read');
  });

  it.each([
    ['{url: "http://a b"}', '"http://a b" is no URL'],
    ['{url: reviews, via: bookinfo-gatway}', 'did you mean `bookinfo-gateway`?'],
    ['{url: reviews, from: Shop}', '"Shop" is no namespace'],
    ['{path: /}', 'url'],
    ['{url: reviews, host: reviews}', 'host'],
    ['{url: reviews, prot: 80}', 'did you mean `port`?'],
    ['{url: []}', 'url'],
  ])('a request that cannot be understood: %s', async (request, said) => {
    const folder = bookinfo({ 'environments/prod/a.test.yaml': `tests:\n  - name: a\n    request: ${request}\n    expect: {to: v1}\n` });
    const { code, stdout } = await run(folder, '--env', 'prod');
    expect([code, stdout]).toEqual([1, expect.stringContaining(said)]);
    expect(stdout).toContain('environments/prod/a.test.yaml:3:');
  });

  it('says which routes no test touches', async () => {
    const folder = bookinfo({ 'environments/prod/services/reviews.test.yaml': good });
    const { code, stdout } = await run(folder, '--env', 'prod', '--coverage');
    expect([code, stdout]).toEqual([0, expect.stringContaining('prod: 2 of 9 routes tested (22 %)\n')]);
    expect(stdout).toContain('  no test touches VirtualService bookinfo/reviews http[1]  environments/prod/services/reviews.yaml:5\n');
    expect((await run(folder, '--env', 'prod', '--coverage', '--format', 'github')).stdout).toContain(
      '::notice file=environments/prod/services/reviews.yaml,line=5',
    );
  });

  it('--init writes tests of what is so today, which pass and touch every route', async () => {
    const folder = bookinfo();
    expect((await run(folder, '--init')).code).toBe(0);
    const { code, stdout } = await run(folder, '--coverage');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^(\w+: \d+ tests, \d+ requests, all as expected\n\w+: (\d+) of \2 routes tested \(100 %\)\n){3}$/);
    const before = filesOf(folder);
    expect(before['environments/prod/tests/reviews.test.yaml']).toContain('- name: "reviews: end-user: jason"');
    expect((await run(folder, '--init')).stdout).not.toContain('written');
    expect(filesOf(folder)).toEqual(before);
  });

  it('as JUnit and JSON, a case for each case', async () => {
    const folder = bookinfo({ 'environments/prod/services/reviews.test.yaml': good.replace('to: v2', 'to: v1') });
    const junit = await run(folder, '--env', 'prod', '--format', 'junit');
    expect(junit.code).toBe(1);
    expect(junit.stdout).toContain('<testsuite name="prod" tests="3" failures="1"');
    expect(junit.stdout).toContain('<failure type="MS6401"');
    const { stdout } = await run(folder, '--env', 'prod', '--format', 'json');
    expect(JSON.parse(stdout).runs[0].tests.map(({ passed }: { passed: boolean }) => passed)).toEqual([false, true, true]);
    // Beside the lines a job shows the same, as seen from where it runs.
    const record = join(folder, '..', `${basename(folder)}.jsonl`);
    onTestFinished(() => rmSync(record, { force: true }));
    const variables = { MAINSHEET_FINDINGS: record };
    await runIn(join(folder, '..'), ['test', '--env', 'prod', '--format', 'junit', '--root', folder], { compiler, variables });
    const [{ code, location }] = JSON.parse(readFileSync(record, 'utf8')).diagnostics;
    expect([code, location.file]).toEqual(['MS6401', `${basename(folder)}/environments/prod/services/reviews.test.yaml`]);
  });

  it('runs named files, on manifests as well', async () => {
    const folder = folderWith({
      'k8s/vs.yaml':
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: reviews, namespace: bookinfo}\nspec: {hosts: [reviews], http: [{route: [{destination: {host: ratings}}]}]}\n',
      'routing.yaml': 'tests:\n  - {name: a, request: {url: "reviews:9080"}, expect: {to: {host: ratings}}}\n',
    });
    const { code, stdout } = await run(folder, '--manifests', 'k8s', '--namespace', 'bookinfo', 'routing.yaml');
    expect([code, stdout]).toEqual([0, 'k8s: 1 test, 1 request, all as expected\n']);
    expect(await run(folder, '--manifests', 'k8s')).toMatchObject({ code: 1, stderr: expect.stringContaining('needs test files') });
  });
});

describe("istio-config-validator's files", () => {
  const manifests = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: example, namespace: example}
spec:
  hosts: [www.example.com]
  gateways: [istio-ingress/public]
  http:
    - match: [{uri: {regex: "/users(/.*)?"}, headers: {x-user-type: {exact: qa}}}]
      route: [{destination: {host: users.users.svc.cluster.local, port: {number: 80}}}]
    - match: [{uri: {prefix: /beta}, queryParams: {beta: {exact: "1"}}}]
      route: [{destination: {host: beta.users.svc.cluster.local}}]
    - match: [{uri: {regex: /a|/b}}]
      route: [{destination: {host: ab.users.svc.cluster.local}}]
    - match: [{uri: {prefix: /home}}]
      redirect: {uri: /, authority: www.example.com}
    - route: [{destination: {host: v1.shop.svc.cluster.local}, weight: 90}, {destination: {host: v2.shop.svc.cluster.local}, weight: 10}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: wild, namespace: example}
spec: {hosts: ["*.shop.example.com"], gateways: [istio-ingress/public], http: [{route: [{destination: {host: shop.shop.svc.cluster.local}}]}]}
`;
  const one = (request: string, rest: string, wantMatch = true) =>
    `testCases:\n- description: a case\n  wantMatch: ${wantMatch}\n  request: ${request}\n  ${rest}\n`;
  const get = (uri: string, more = '', authority = 'www.example.com') =>
    `{authority: [${authority}], method: [GET, OPTIONS], uri: ["${uri}"]${more}}`;
  const shares =
    'route: [{destination: {host: v1.shop.svc.cluster.local}, weight: 90}, {destination: {host: v2.shop.svc.cluster.local}, weight: 10}]';

  it.each<[string, string, number, string]>([
    [
      'a route by regex and header',
      one(
        get('/users/1', ', headers: {x-user-type: qa}'),
        'route: [{destination: {host: users.users.svc.cluster.local, port: {number: 80}}}]',
      ),
      0,
      'all as expected',
    ],
    ['shares', one(get('/'), shares), 0, 'all as expected'],
    ['a redirect', one(get('/home'), 'redirect: {uri: /, authority: www.example.com}'), 0, 'all as expected'],
    ['what must not be', one(get('/home'), shares, false), 0, 'all as expected'],
    ['and is', one(get('/'), shares, false), 1, 'expected not those destinations'],
    [
      'queryParams are ignored there',
      one(get('/beta'), 'route: [{destination: {host: beta.users.svc.cluster.local}}]'),
      1,
      '"a case" passes in istio-config-validator, but Istio decides GET http://www.example.com/beta via istio-ingress/public otherwise: it ignores queryParams in matches',
    ],
    [
      'regexes are not anchored as a whole there',
      one(get('/away'), 'route: [{destination: {host: ab.users.svc.cluster.local}}]'),
      1,
      'it takes VirtualService example/example http[2], Istio VirtualService example/example http[4]',
    ],
    [
      'wildcard hosts are unknown there',
      one(get('/', '', 'a.shop.example.com'), 'route: [{destination: {host: shop.shop.svc.cluster.local}}]'),
      0,
      'it finds hosts only by their exact texts, and none is a.shop.example.com',
    ],
    [
      'lists are compared in their order there',
      one(
        get('/'),
        'route: [{destination: {host: v2.shop.svc.cluster.local}, weight: 10}, {destination: {host: v1.shop.svc.cluster.local}, weight: 90}]',
      ),
      0,
      'it compares the words of the route, not what they come to',
    ],
  ])('%s', async (_, text, code, said) => {
    const folder = folderWith({ 'vs.yaml': manifests, 'test.yml': text });
    const ran = await run(folder, '--manifests', 'vs.yaml', 'test.yml');
    expect([ran.code, ran.stdout]).toEqual([code, expect.stringContaining(said)]);
  });

  it('a file that is none of its', async () => {
    const folder = folderWith({
      'vs.yaml': manifests,
      'test.yml': 'testCases:\n- {wantMatch: true, request: {authority: [], method: [GET]}}\n',
    });
    const { code, stdout } = await run(folder, '--manifests', 'vs.yaml', 'test.yml');
    expect([code, stdout]).toEqual([1, expect.stringContaining('uri')]);
  });
});
