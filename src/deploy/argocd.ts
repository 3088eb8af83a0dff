import { printYaml } from '../document/print.ts';
import type { DeployedEnvironment, Deployment, DeployObject, OwnedObject } from '../model/deployment.ts';
import { compact, type Json, type JsonObject } from '../model/json.ts';
import { pruneGuards } from '../model/prune-guards.ts';
import { syncWave } from '../model/sync-wave.ts';
import type { Engine } from './engine.ts';
import { appName } from './object-names.ts';

/**
 * An Application for each folder, or one ApplicationSet that makes them and syncs one environment after the other. Fields as of
 * argoproj/argo-cd 3.5, docs/operator-manual/application.yaml.
 */
export const argocd: Engine = {
  name: 'argocd',
  title: 'Argo CD',
  namespace: 'argocd',
  flags: ['project', 'applicationSet', 'directory', 'waves'],
  clusterIsSecret: false,
  ownerKind: 'Application',
  deletion: (name, namespace) =>
    `\`kubectl delete application ${name} --namespace ${namespace}\` leaves what it applied; Argo CD's page and \`argocd app delete\` take that along, unless told not to (\`--cascade=false\`)`,
  // Merge patches know no elements of lists (controller/sync.go, normalizeTargetResources).
  keepsLists: true,
  draw: (deployment) => (deployment.isSet ? [applicationSet(deployment)] : applications(deployment)),
};

const apiVersion = 'argoproj.io/v1alpha1';
const environmentLabel = 'mainsheet.dev/environment';
const ownCluster = 'https://kubernetes.default.svc';

/** What tells one Application from another. */
interface App {
  readonly name: string;
  readonly environment: string;
  readonly path: string;
  readonly destination: JsonObject;
  readonly ignoreDifferences: readonly JsonObject[];
}

function appsOf(deployment: Deployment, environments: readonly DeployedEnvironment[]): readonly App[] {
  return environments.flatMap((environment) =>
    environment.folders.map(({ shard, path }) => ({
      name: appName(deployment, environment, shard),
      environment: environment.name,
      path,
      destination: destinationOf(environment),
      ignoreDifferences: ignoreRules(environment),
    })),
  );
}

/** Two services whose weights stand in one object are one rule. */
function ignoreRules({ owned }: DeployedEnvironment): readonly JsonObject[] {
  return [...new Map(owned.map(ignoreRule).map((rule) => [JSON.stringify(rule), rule])).values()];
}

function destinationOf({ cluster = ownCluster, namespace }: DeployedEnvironment): JsonObject {
  return compact({ ...(cluster.includes('://') ? { server: cluster } : { name: cluster }), namespace });
}

/** Guards keep it where the file that describes it goes missing; without a finalizer what it applied stays when it is deleted. */
function applications(deployment: Deployment): readonly DeployObject[] {
  return appsOf(deployment, [...deployment.ordered, ...deployment.others]).map(
    ({ name, environment, path, destination, ignoreDifferences }) => ({
      file: `${name}.yaml`,
      body: {
        apiVersion,
        kind: 'Application',
        metadata: {
          name,
          namespace: deployment.namespace,
          labels: { [environmentLabel]: environment },
          annotations: { ...manifestPaths, ...pruneGuards },
        },
        spec: specOf(deployment, {
          project: deployment.project,
          repoURL: deployment.source.url,
          targetRevision: deployment.source.revision,
          path,
          destination,
          ignoreDifferences,
          respectsIgnored: ignoreDifferences.length > 0,
        }),
      },
    }),
  );
}

/** A commit that changes nothing beneath the folder of an Application leaves it alone. */
const manifestPaths: JsonObject = { 'argocd.argoproj.io/manifest-generate-paths': '.' };

interface SpecParts {
  readonly project: string;
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path: string;
  readonly destination: JsonObject;
  readonly ignoreDifferences: readonly JsonObject[];
  readonly respectsIgnored: boolean;
}

function specOf(deployment: Deployment, parts: SpecParts): JsonObject {
  const { project, repoURL, targetRevision, path, destination, ignoreDifferences, respectsIgnored } = parts;
  return {
    project,
    source: { repoURL, targetRevision, path, ...loader(deployment) },
    destination,
    syncPolicy: syncPolicy(respectsIgnored),
    ...(ignoreDifferences.length === 0 ? {} : { ignoreDifferences }),
  };
}

function loader({ isDirectory, hasWaves }: Deployment): JsonObject {
  // `**` alone does not match a file at the top: gobwas wants the slash.
  if (isDirectory) return { directory: { recurse: true, exclude: '{kustomization.yaml,**/kustomization.yaml}' } };
  return hasWaves ? { kustomize: { patches: firstKinds.map(earlier) } } : {};
}

/** What routes lead to or name. Waves are mirrored where objects are removed, so that there routes go first. */
const firstKinds = ['DestinationRule', 'Gateway', 'ServiceEntry'] as const;

function earlier(kind: string): JsonObject {
  // The target says which objects are meant; kind and name of such a patch only have to be there.
  const metadata = { name: 'any', annotations: { [syncWave]: '-1' } };
  return { target: { group: 'networking.istio.io', kind }, patch: printYaml({ apiVersion: 'networking.istio.io/v1', kind, metadata }) };
}

/**
 * Prunes, but never everything: `allowEmpty` stays off. No `FailOnSharedResource`: while the number of shards changes an object
 * stands in two Applications for a moment, guarded. A retry takes the newest commit, which may be the one that mends it.
 */
function syncPolicy(respectsIgnored: boolean): JsonObject {
  return {
    automated: { prune: true, selfHeal: true },
    syncOptions: [
      'ApplyOutOfSyncOnly=true',
      'PruneLast=true',
      'ServerSideApply=true',
      ...(respectsIgnored ? ['RespectIgnoreDifferences=true'] : []),
    ],
    retry: { limit: 5, refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
  };
}

function ignoreRule({ group, kind, name, namespace, paths }: OwnedObject): JsonObject {
  return compact({ group, kind, name, namespace, jqPathExpressions: paths });
}

/**
 * Everything that a user wrote is an element of the list, which is data; the template is text of ours alone, so that braces in a value
 * stay what they are.
 */
function applicationSet(deployment: Deployment): DeployObject {
  const { name, namespace, project, source, ordered, others } = deployment;
  const apps = appsOf(deployment, [...ordered, ...others]);
  const respectsIgnored = apps.some(({ ignoreDifferences }) => ignoreDifferences.length > 0);
  const elements = apps.map((app): JsonObject => {
    const { ignoreDifferences, ...rest } = app;
    const shared = { project, repoURL: source.url, targetRevision: source.revision };
    return { ...rest, ...shared, ...(respectsIgnored ? { ignoreDifferences } : {}) };
  });
  const body: JsonObject = {
    apiVersion,
    kind: 'ApplicationSet',
    metadata: { name, namespace, annotations: pruneGuards },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements } }],
      ...(ordered.length > 1 ? { strategy: rollingSync(deployment) } : {}),
      // An Application whose element goes missing stays, and what it applied stays when the set is deleted.
      syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: '{{ .name }}', labels: { [environmentLabel]: '{{ .environment }}' }, annotations: manifestPaths },
        spec: specOf(deployment, {
          project: '{{ .project }}',
          repoURL: '{{ .repoURL }}',
          targetRevision: '{{ .targetRevision }}',
          path: '{{ .path }}',
          destination: {},
          ignoreDifferences: [],
          respectsIgnored,
        }),
      },
      templatePatch: `spec:\n  destination: {{ toJson .destination }}\n${respectsIgnored ? '  ignoreDifferences: {{ toJson .ignoreDifferences }}\n' : ''}`,
    },
  };
  return { file: 'application-set.yaml', body };
}

/** An environment in no step would only be synced by hand, so those without a place in the order come last. */
function rollingSync({ ordered, others }: Deployment): JsonObject {
  const step = (environments: readonly DeployedEnvironment[]): Json => ({
    matchExpressions: [{ key: environmentLabel, operator: 'In', values: environments.map(({ name }) => name) }],
  });
  const steps = [...ordered.map((environment) => step([environment])), ...(others.length === 0 ? [] : [step(others)])];
  return { type: 'RollingSync', rollingSync: { steps } };
}
