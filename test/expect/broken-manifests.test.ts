import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listOr } from '../../src/model/json.ts';
import { meshAsker } from '../../src/pipelines/ask-mesh.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { treeOf } from '../support/tree-of.ts';

const examples = join(process.cwd(), 'test/diagnostics');
const codes = readdirSync(examples).filter((code) => existsSync(join(examples, code, 'manifests')));

it('there are many manifests with something wrong', () => {
  expect(codes.length).toBeGreaterThan(50);
});

it.each(codes)('the manifests of %s can be asked and tested', (code) => {
  const tree = treeOf(join(examples, code, 'manifests'), () => true);
  const { mesh } = checkManifests(tree, { namespace: 'bookinfo' });
  const asked = meshAsker.ofManifests(mesh, tree);
  const hosts = mesh.ofKind('VirtualService').flatMap(({ spec }) => listOr(spec.hosts).map(String));
  const ways = [{}, { tcp: true }, { sni: 'a.example.com' }, ...mesh.gateways.all.map(({ id }) => ({ via: id }))];
  for (const host of [...hosts, 'reviews', 'example.com']) {
    for (const way of ways) {
      for (const port of ['', ':9080', ':443']) {
        const reading = asked.read({ url: `${host.replace('*', 'www')}${port}`, ...way });
        if ('what' in reading) expect(reading.what).toMatch(/\S/);
        else expect(asked.tell(reading.request).decision.kind).toMatch(/\S/);
      }
    }
  }
  const { cases, unread } = asked.test(asked.writeTests().files);
  expect([...unread, ...cases.flatMap(({ diagnostics }) => diagnostics)].filter(({ severity }) => severity === 'error')).toEqual([]);
});
