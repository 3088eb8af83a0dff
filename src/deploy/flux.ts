import type { DeployedEnvironment, Deployment, DeployObject, DeploySource, OwnedObject } from '../model/deployment.ts';
import { compact, type JsonObject } from '../model/json.ts';
import { pruneGuards } from '../model/prune-guards.ts';
import type { Engine } from './engine.ts';
import { appName } from './object-names.ts';

/** One source, and a Kustomization for each folder. Fields as of kustomize-controller 1.9 and source-controller 1.9 (Flux 2.9). */
export const flux: Engine = {
  name: 'flux',
  title: 'Flux',
  namespace: 'flux-system',
  flags: ['secret'],
  clusterIsSecret: true,
  ownerKind: 'Kustomization',
  deletion: (name, namespace) =>
    `\`kubectl delete kustomizations.kustomize.toolkit.fluxcd.io ${name} --namespace ${namespace}\` leaves what it applied`,
  keepsLists: false,
  draw(deployment) {
    const { ordered, others } = deployment;
    const steps = ordered.flatMap((environment, i) => kustomizations(deployment, environment, ordered[i - 1]));
    return [source(deployment), ...steps, ...others.flatMap((environment) => kustomizations(deployment, environment, undefined))];
  },
};

function source({ name, namespace, source: { kind, url, revision }, secret }: Deployment): DeployObject {
  const spec = compact({
    interval: '1m',
    url,
    ref: kind === 'git' ? gitRef(revision) : ociRef(revision),
    secretRef: secret === undefined ? undefined : { name: secret },
  });
  const metadata = { name, namespace, annotations: pruneGuards };
  return { file: 'source.yaml', body: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: sourceKind(kind), metadata, spec } };
}

function sourceKind(kind: DeploySource['kind']): string {
  return kind === 'git' ? 'GitRepository' : 'OCIRepository';
}

function gitRef(revision: string): JsonObject {
  if (revision.startsWith('refs/')) return { name: revision };
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision) ? { commit: revision } : { branch: revision };
}

function ociRef(revision: string): JsonObject {
  return revision.startsWith('sha256:') ? { digest: revision } : { tag: revision };
}

/**
 * No `targetNamespace`, `namePrefix` or `postBuild`: they rewrite names and not what refers to them. `Orphan` keeps what was applied when
 * the Kustomization itself is deleted; what goes from its folder is pruned.
 */
function kustomizations(
  deployment: Deployment,
  environment: DeployedEnvironment,
  before: DeployedEnvironment | undefined,
): readonly DeployObject[] {
  return environment.folders.map(({ shard, path }) => {
    const name = appName(deployment, environment, shard);
    const { source: from, namespace } = deployment;
    const spec = compact({
      interval: '10m',
      retryInterval: '1m',
      timeout: '3m',
      sourceRef: { kind: sourceKind(from.kind), name: deployment.name },
      path: `./${path}`,
      prune: true,
      deletionPolicy: 'Orphan',
      wait: true,
      dependsOn: before?.folders.map((folder) => ({ name: appName(deployment, before, folder.shard) })),
      kubeConfig: environment.cluster === undefined ? undefined : { secretRef: { name: environment.cluster } },
      ignore: environment.owned.length === 0 ? undefined : environment.owned.map(ignoreRule),
    });
    const metadata = { name, namespace, labels: { 'mainsheet.dev/environment': environment.name }, annotations: pruneGuards };
    return { file: `${name}.yaml`, body: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec } };
  });
}

/** Names of a target are regular expressions, anchored at both ends. */
function ignoreRule({ group, kind, name, namespace, pointers }: OwnedObject): JsonObject {
  const exactly = (text: string): string => text.replaceAll('.', '\\.');
  const target = compact({
    group: exactly(group),
    kind,
    name: exactly(name),
    namespace: namespace === undefined ? undefined : exactly(namespace),
  });
  return { paths: pointers, target };
}
