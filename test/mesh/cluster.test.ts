import { describe, expect, it } from 'vitest';
import { readCluster } from '../../src/mesh/cluster.ts';
import type { JsonObject } from '../../src/model/json.ts';

const object = (kind: string, name: string, more: JsonObject = {}, apiVersion = 'v1'): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'bookinfo' },
  ...more,
});
const pods = (labels: JsonObject, spec: JsonObject = {}): JsonObject => ({ spec: { template: { metadata: { labels }, spec } } });

describe('readCluster', () => {
  it('finds workloads by their labels, and Services by the pods they lead to', () => {
    const cluster = readCluster(
      [
        object('Deployment', 'v1', pods({ app: 'reviews', version: 'v1' }), 'apps/v1'),
        object('StatefulSet', 'v2', pods({ app: 'reviews', version: 'v2' }), 'apps/v1'),
        object('WorkloadEntry', 'vm', { spec: { address: '10.0.0.1', labels: { app: 'reviews' } } }, 'networking.istio.io/v1'),
        object('Service', 'reviews', { spec: { selector: { app: 'reviews' }, ports: [{ port: 80 }] } }),
        object('Service', 'one', { spec: { selector: { app: 'reviews', version: 'v1' }, ports: [{ port: 80 }] } }),
      ],
      [],
      'default',
      true,
    );
    const names = (selector: JsonObject, namespace?: string) => cluster.selected(selector, namespace).map(({ name }) => name);
    expect(names({ app: 'reviews' })).toEqual(['v1', 'v2', 'vm']);
    expect(names({ app: 'reviews', version: 'v2' }, 'bookinfo')).toEqual(['v2']);
    expect(names({ app: 'reviews' }, 'other')).toEqual([]);
    expect(names({})).toHaveLength(3);
    expect(cluster.workloads.map((workload) => cluster.servicesOf(workload).map(({ name }) => name))).toEqual([
      ['reviews', 'one'],
      ['reviews'],
    ]);
    expect([cluster.knows('workloads', 'bookinfo'), cluster.knows('workloads', 'other')]).toEqual([true, false]);
  });

  it('takes any object with a pod template for a workload, and one without for none', () => {
    const cluster = readCluster(
      [
        object('Canary', 'own', pods({ app: 'a' }, { containers: [{ name: 'a' }] }), 'example.com/v1'),
        object('SealedSecret', 'sealed', { spec: { template: { metadata: { name: 'x' } } } }, 'bitnami.com/v1alpha1'),
        object('Rollout', 'elsewhere', { spec: { workloadRef: { name: 'a' } } }, 'argoproj.io/v1alpha1'),
      ],
      [],
      'default',
      true,
    );
    expect(cluster.workloads.map(({ name }) => name)).toEqual(['own']);
  });

  it('keeps the names of what a Secret holds, and nothing of it', () => {
    const cluster = readCluster(
      [object('Secret', 's', { data: { 'tls.crt': 'cHJpdmF0ZQ==', empty: '' }, stringData: { note: 'private' } })],
      [],
      'default',
      true,
    );
    expect(cluster.secrets).toEqual([
      { name: 's', namespace: 'bookinfo', placed: true, keys: new Set(['tls.crt', 'note']), mayBeCertificate: true },
    ]);
    expect(JSON.stringify([...cluster.secrets].map((secret) => ({ ...secret, keys: [...(secret.keys ?? [])] })))).not.toMatch(
      /private|cHJpdm/,
    );
  });
});
