/**
 * One of the pages: what Argo CD or Flux is told to apply, by which objects.
 *
 *   compiled environments ──deploy──▶ objects of the engine ──print──▶ files
 *
 * Pure like the others.
 */
import {
  deployableAddress,
  deployableName,
  deployableNamespace,
  deployableRevision,
  engineKnowsWaves,
  foldersOfThisStep,
  renderedFolderThere,
  routesReachTheCluster,
} from '../deploy/diagnostics.ts';
import type { Engine, EngineFlag } from '../deploy/engine.ts';
import { engineNamed, engines } from '../deploy/engines.ts';
import { appName, objectNameFault } from '../deploy/object-names.ts';
import { ownedObjects } from '../deploy/owned-objects.ts';
import { type AddressReading, gitAddress, ociAddress, revisionFault } from '../deploy/source-address.ts';
import { printYaml } from '../document/print.ts';
import { shardFolders } from '../emit/shard.ts';
import { type Settings, settingsFile } from '../load/settings.ts';
import type { DeployedEnvironment, Deployment, OwnedObject } from '../model/deployment.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import { byCodePoint } from '../model/names.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';

/** A compiled environment, as far as it is deployed. */
export interface CompiledForDeploy {
  readonly loaded: LoadedEnvironment;
  readonly manifests: readonly Manifest[];
  readonly shards: number;
  readonly cluster?: string;
  /** What of it is rendered, where that is at hand and not what the intents ask for. */
  readonly onDisk?: RenderedLayout;
}

/** An environment that is not rendered, or rendered in as many shards as before a change that is on its way; 1 = none. */
export type RenderedLayout = { readonly kind: 'missing' } | { readonly kind: 'shards'; readonly shards: number };

export interface DeployRequest extends Pick<Deployment, 'name' | 'project' | 'isSet' | 'isDirectory' | 'hasWaves' | 'secret'> {
  /** 'argocd' */
  readonly engine: string;
  /** As it was written or found; it is judged here. */
  readonly source: { readonly kind: 'git' | 'oci'; readonly address: string; readonly revision: string };
  /** The folder that holds one folder per environment, in the repository or artifact; '' for its top. */
  readonly folder: RepoPath;
  readonly environments: readonly CompiledForDeploy[];
  /** Names of environments; those that are not deployed are passed over. */
  readonly order: readonly string[];
  /** What the settings say of phases. */
  readonly phases: Settings['phases'];
  /** The namespace of the engine's own objects; without it the engine's usual one. */
  readonly namespace?: string;
}

export { takenAway } from './taken-away.ts';

export const engineNames: readonly string[] = engines.map(({ name }) => name);

/** Flags that an engine does nothing with. */
export function idleFlags(engine: string, given: readonly EngineFlag[]): readonly EngineFlag[] {
  return given.filter((flag) => !engineNamed(engine).flags.includes(flag));
}

/** Flags whose word becomes the name of an object. */
export type NamingFlag = 'namespace' | 'project' | 'secret' | 'cluster';

export interface NamedByFlag {
  readonly flag: NamingFlag;
  readonly name: string;
}

/** Words of flags that no object can be called: a cluster is one of Flux's Secrets, and free text to Argo CD. */
export function flagFaults(engine: string, named: readonly NamedByFlag[]): readonly (NamedByFlag & { readonly reason: string })[] {
  return named.flatMap((one) => {
    if (one.flag === 'cluster' && !engineNamed(engine).clusterIsSecret) return [];
    const reason = one.flag === 'namespace' && one.name.includes('.') ? 'a namespace has no dots' : objectNameFault(one.name, 253);
    return reason === undefined ? [] : [{ ...one, reason }];
  });
}

/** The engine's objects, one in a file, by path. Errors: names that no object can have, objects without namespace, addresses and revisions. */
export function deployConfig(asked: DeployRequest): Result<FileTree> {
  const request: DeployRequest = { ...asked, environments: asked.environments.map(asItStands) };
  const { source, name, project, isSet, isDirectory, secret } = request;
  // Objects that say their own waves are judged by these: a patch may not say others.
  const hasWaves = request.hasWaves && request.phases !== 'sync-waves';
  const engine = engineNamed(request.engine);
  const address = source.kind === 'git' ? gitAddress(source.address) : ociAddress(source.address);
  const diagnostics = [
    ...sourceFaults(source, address),
    ...nameFaults(request),
    ...request.environments.flatMap((one) => environmentFaults(request, one)),
    ...waveFaults(request, engine),
    ...asked.environments.flatMap((one) => layoutFaults(request, one)),
  ];
  const { ordered, others } = inOrder(request);
  for (const { owned } of [...ordered, ...others]) diagnostics.push(...keptFaults(engine, owned));
  const deployment: Deployment = {
    ...{ name, project, isSet, isDirectory, hasWaves, ordered, others },
    source: { kind: source.kind, url: 'url' in address ? address.url : '', revision: source.revision },
    namespace: request.namespace ?? engine.namespace,
    ...(secret === undefined ? {} : { secret }),
  };
  return result(new Map(engine.draw(deployment).map(({ file, body }) => [file, printYaml(body)])), diagnostics);
}

/** The same with a kustomization that lists them, for `kubectl apply -k`. */
export function withKustomization(files: FileTree): FileTree {
  const resources = [...files.keys()].sort(byCodePoint);
  const kustomization = printYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });
  return new Map([...files, ['kustomization.yaml', kustomization]]);
}

function sourceFaults({ kind, revision }: DeployRequest['source'], address: AddressReading): readonly Diagnostic[] {
  const what = kind === 'git' ? 'the address of the repository' : 'the address of the artifact';
  const reason = revisionFault(revision, kind);
  return [
    ...('fault' in address ? [diagnose(deployableAddress, { params: { what, reason: address.fault } })] : []),
    ...(reason === undefined ? [] : [diagnose(deployableRevision, { params: { revision, reason } })]),
  ];
}

function waveFaults({ phases }: DeployRequest, { title, flags }: Engine): readonly Diagnostic[] {
  if (phases !== 'sync-waves' || flags.includes('waves')) return [];
  return [
    diagnose(engineKnowsWaves, { params: { engine: title }, at: { file: settingsFile, document: 0, pointer: '/phases', part: 'key' } }),
  ];
}

/** While the number of shards changes, the folders that are there count. */
function asItStands(environment: CompiledForDeploy): CompiledForDeploy {
  const { onDisk } = environment;
  return onDisk?.kind === 'shards' ? { ...environment, shards: onDisk.shards } : environment;
}

function layoutFaults({ folder }: DeployRequest, { loaded: { environment }, shards, onDisk }: CompiledForDeploy): readonly Diagnostic[] {
  const { name } = environment;
  if (onDisk === undefined) return [];
  if (onDisk.kind === 'missing') {
    const path = [folder, name].filter((part) => part !== '').join('/');
    return [diagnose(renderedFolderThere, { params: { path }, at: originOf(environment, '/environment').at })];
  }
  const params = { environment: name, from: onDisk.shards, to: shards };
  return [diagnose(foldersOfThisStep, { params, at: originOf(environment, '/shards', 'key').at })];
}

function keptFaults({ keepsLists, title }: Engine, owned: readonly OwnedObject[]): readonly Diagnostic[] {
  return owned
    .filter(({ isShared }) => isShared && keepsLists)
    .map(({ at, service, ...object }) =>
      diagnose(routesReachTheCluster, { params: { id: manifestId(object), service, engine: title }, at }),
    );
}

/** The name that all others begin with is one of its own, of the source or the set; and `a` in shards may have the names of `a-shard-0`. */
function nameFaults(request: DeployRequest): readonly Diagnostic[] {
  const reason = objectNameFault(request.name);
  const own = reason === undefined ? [] : [diagnose(deployableName, { params: { name: request.name, reason } })];
  const names = request.environments.flatMap(({ loaded: { environment }, shards }) =>
    shardFolders(shards).map((shard) => ({ environment, name: appName(request, environment, shard) })),
  );
  const repeated = names.filter(({ name }, i) => names.findIndex((other) => other.name === name) < i);
  return [
    ...own,
    ...repeated.map(({ environment, name }) =>
      diagnose(deployableName, {
        params: { name, reason: 'what applies another environment is called so already' },
        at: originOf(environment, '/environment').at,
      }),
    ),
  ];
}

function environmentFaults(request: DeployRequest, { loaded, manifests, shards }: CompiledForDeploy): readonly Diagnostic[] {
  const { environment } = loaded;
  const longest = appName(request, environment, shardFolders(shards).at(-1) ?? '');
  const reason = objectNameFault(longest);
  const homeless = manifests.filter(({ namespace, apiVersion }) => namespace === undefined && /\.istio\.io\//.test(apiVersion));
  return [
    ...(reason === undefined
      ? []
      : [diagnose(deployableName, { params: { name: longest, reason }, at: originOf(environment, '/environment').at })]),
    ...homeless.map((manifest) =>
      diagnose(deployableNamespace, {
        params: { id: manifestId(manifest) },
        at: originAt(manifest.provenance, '/metadata/name')?.at ?? manifest.owner.origin.at,
      }),
    ),
  ];
}

/** Sorted, so that the same environments make the same files; the order that is said comes first. */
function inOrder(request: DeployRequest): Pick<Deployment, 'ordered' | 'others'> {
  const all = request.environments.map((one) => deployed(request, one)).sort((a, b) => byCodePoint(a.name, b.name));
  return {
    ordered: request.order.flatMap((name) => all.find((one) => one.name === name) ?? []),
    others: all.filter(({ name }) => !request.order.includes(name)),
  };
}

function deployed({ folder }: DeployRequest, { loaded, manifests, shards, cluster }: CompiledForDeploy): DeployedEnvironment {
  const { name, namespace } = loaded.environment;
  const path = (shard: string): string => [folder, name, shard].filter((part) => part !== '').join('/');
  return {
    name,
    folders: shardFolders(shards).map((shard) => ({ shard, path: path(shard) })),
    ...(namespace === undefined ? {} : { namespace }),
    ...(cluster === undefined ? {} : { cluster }),
    owned: ownedObjects(loaded, manifests),
  };
}
