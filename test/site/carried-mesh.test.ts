import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type JsonObject, listOr, objectOr } from '../../src/model/json.ts';
import { positionOf } from '../../src/model/position.ts';
import type { RequestWords } from '../../src/model/request-words.ts';
import type { FileTree } from '../../src/model/source.ts';
import { createCompiler } from '../../src/pipeline.ts';
import { meshAsker } from '../../src/pipelines/ask-mesh.ts';
import { type CarriedMesh, carryMesh, openMesh } from '../../src/pipelines/site/carried-mesh.ts';
import { foldValues, unfoldValues } from '../../src/site/fold-values.ts';
import { placeFinder } from '../../src/site/place-finder.ts';
import { treeOf } from '../support/tree-of.ts';

const goldens = join(process.cwd(), 'test/golden');

/** What the command asks, and what a page would: the mesh written to a file and read again. */
function bothOf(tree: FileTree, environment: string) {
  const { loaded, manifests } = createCompiler(tree).compile(environment);
  if (loaded === undefined) throw new Error('the environment was not loaded');
  const carried = carryMesh(loaded, manifests, placeFinder(tree).position);
  const read = unfoldValues(JSON.parse(JSON.stringify(foldValues(carried)))) as unknown as CarriedMesh;
  return { asked: meshAsker.ofEnvironment(loaded, manifests, tree), opened: openMesh(read), carried, manifests };
}

/** Requests to everything that routes name, and to what nothing knows: from pods and by each gateway, with and without headers. */
function requestsTo(bodies: readonly JsonObject[], more: readonly string[]): readonly RequestWords[] {
  const specs = bodies.map(({ spec }) => objectOr(spec));
  const hosts = [...new Set(['nowhere', ...more, ...specs.flatMap(({ hosts: named }) => listOr(named).map(String))])].map((host) =>
    host.replace('*', 'any'),
  );
  const gateways = new Set(specs.flatMap(({ gateways: named }) => listOr(named).map(String)).filter((name) => name !== 'mesh'));
  return hosts.flatMap((host) => [
    { url: `http://${host}/` },
    { url: `http://${host}:9080/reviews/1?x=y`, headers: ['end-user: jason'], from: 'bookinfo/app=productpage' },
    { url: `http://${host}:8080/status/418`, method: 'POST', headers: ['end-user=tester', 'cookie: user=jason'] },
    { url: `https://${host}/productpage` },
    { url: `${host}:443`, sni: host },
    { url: `${host}:3306`, tcp: true },
    { url: `http://${host}/`, via: 'nothing' },
    ...[...gateways].flatMap((via) => [
      { url: `http://${host}/productpage`, via },
      { url: `https://${host}/static/x`, via },
      { url: `${host}:31400`, tcp: true, via },
    ]),
  ]);
}

function compareAnswers(tree: FileTree, environment: string, hosts: readonly string[] = []): number {
  const { asked, opened, manifests } = bothOf(tree, environment);
  const requests = requestsTo(
    manifests.map(({ body }) => body),
    hosts,
  );
  for (const words of requests) {
    const reading = asked.read(words);
    expect(opened.read(words), JSON.stringify(words)).toEqual(reading);
    if ('what' in reading) continue;
    const { decision, places } = asked.tell(reading.request);
    const told = opened.tell(reading.request);
    expect(told.decision, JSON.stringify(words)).toEqual(decision);
    const positions = places.map((span) => {
      const text = span === undefined ? undefined : tree.get(span.file);
      if (span === undefined || text === undefined) return undefined;
      const { line, column } = positionOf(text, span.start);
      return [span.file, line, column];
    });
    expect(told.places, JSON.stringify(words)).toEqual(positions);
  }
  return requests.length;
}

describe('a mesh that is carried to a page', () => {
  it("answers as the command does, with the same words behind each step: this repository's Bookinfo", () => {
    const tree = treeOf(process.cwd(), (path) => path.startsWith('environments/'));
    expect(compareAnswers(tree, 'prod')).toBeGreaterThan(50);
  });

  it.each(
    ['seed', 'samples'].flatMap((group) =>
      readdirSync(join(goldens, group))
        .map((name) => join(group, name))
        .filter((name) => existsSync(join(goldens, name, 'case.yaml'))),
    ),
  )('and so do %s', (name) => {
    compareAnswers(
      treeOf(join(goldens, name), (path) => path.startsWith('environments/')),
      'mesh',
    );
  });

  const service = 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 10}\n';
  const registry = `apiVersion: v1
kind: Secret
metadata: {name: certificate, namespace: bookinfo}
stringData: {password: hunter2}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: reviews-v1, namespace: bookinfo, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"password": "hunter2"}'}}
spec:
  replicas: 2
  selector: {matchLabels: {app: reviews}}
  template:
    metadata: {labels: {app: reviews, version: v1}}
    spec:
      serviceAccountName: bookinfo-reviews
      containers: [{name: reviews, image: registry.example.com/reviews, env: [{name: PASSWORD, value: hunter2}], ports: [{name: http, containerPort: 9080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: bookinfo, annotations: {note: hunter2}}
spec: {selector: {app: reviews}, ports: [{name: http, port: 9080, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: ratings, namespace: bookinfo}
spec: {selector: {app: ratings}, clusterIP: 10.0.0.7, ports: [{name: tcp, port: 3306}, {name: http, port: 9080, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec: {type: ExternalName, externalName: outside.example.com, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: bookinfo}
data: {password: hunter2}
`;
  const tree = new Map([
    ['environments/mesh/environment.yaml', 'environment: mesh\nistio: "1.29"\nnamespace: bookinfo\nregistry: [cluster/]\n'],
    ['environments/mesh/reviews.yaml', service],
    ['environments/mesh/cluster/objects.yaml', registry],
  ]);

  it('knows what the registry shows of the cluster, as far as requests depend on it', () => {
    expect(compareAnswers(tree, 'mesh', ['ratings', 'ratings.shop', 'outside.shop', '10.0.0.7'])).toBeGreaterThan(5);
    const { opened } = bothOf(tree, 'mesh');
    const reading = opened.read({ url: 'http://reviews:9080/', from: 'bookinfo/app=reviews,version=v1' });
    expect('request' in reading && reading.request.source.serviceAccount).toBe('bookinfo-reviews');
  });

  it('holds nothing of Secrets, ConfigMaps, variables of containers and annotations of others', () => {
    expect(JSON.stringify(bothOf(tree, 'mesh').carried)).toContain('bookinfo-reviews');
    expect(JSON.stringify(bothOf(tree, 'mesh').carried)).not.toMatch(/hunter2|password|PASSWORD|image/);
  });
});
