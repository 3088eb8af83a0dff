/**
 * How manifests become intents.
 *
 *   manifests ──check──▶ mesh ──import──▶ drafts ──compile──▶ manifests ──compare──▶ the same answers, or an object less in the drafts
 *
 * Nothing is taken on trust: what the drafts render is held against what was read. An object that intents would write so that a request is
 * answered otherwise stays as it is. Each round leaves at least one object more to stand, so it ends.
 */
import { createLocator } from '../../document/locate.ts';
import { locateDiagnostics } from '../../document/locate-diagnostics.ts';
import { manifestsAtPath } from '../../load/diagnostics.ts';
import { kindsOfGroup } from '../../mesh/istio-kinds.ts';
import { type Diagnostic, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { Environment, UserIdentity } from '../../model/environment.ts';
import type { Imported } from '../../model/imported.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { FileTree } from '../../model/source.ts';
import { createCompiler } from '../../pipeline.ts';
import { type CheckOptions, checkManifests } from '../check-manifests.ts';
import { commonNamespace, customaryUser, type EnvironmentWords, userIn } from './import-environment.ts';
import { settleDrafts } from './settle-drafts.ts';

export interface ImportOptions extends CheckOptions {
  /** The environment that the intents are for; it may be there already. */
  readonly environment: string;
  /** How users are told, where the environment does not say. */
  readonly user?: UserIdentity;
  /** Take intents also where requests are answered otherwise. */
  readonly allowChanges?: boolean;
}

export interface ImportedManifests {
  /** Of the input where it has errors, or of what stands in the environment; without errors, of paths that hold nothing. */
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Texts that the findings speak of. */
  readonly sources: FileTree;
  /** Undefined where there are errors. */
  readonly imported?: Imported;
}

/** Intents that render what a tree of manifests says, to be put into the tree of a repository. */
export function importManifests(tree: FileTree, input: FileTree, options: ImportOptions): ImportedManifests {
  const compiler = createCompiler(tree);
  const settings = compiler.settings.value;
  const fail = (diagnostics: readonly LocatedDiagnostic[], sources: FileTree): ImportedManifests => ({ diagnostics, sources });
  if (settings === undefined) return fail(compiler.locate(compiler.settings.diagnostics), tree);
  const folder = `${settings.environments}/${options.environment}`;
  const standing = tree.has(`${folder}/environment.yaml`) ? compiler.compile(options.environment) : undefined;
  if (standing !== undefined && (standing.loaded === undefined || standing.diagnostics.some(isError)))
    return fail(standing.diagnostics, tree);
  const there = standing?.loaded?.environment;
  const checked = checkManifests(input, { ...options, ...givenBy(there, options) });
  if (!checked.ok || !checked.isWhole) return fail(checked.diagnostics, input);
  const empty = checked.diagnostics.filter(({ code }) => code === manifestsAtPath.code);
  const own = checked.all.filter(({ apiVersion }) => kindsOfGroup.has(apiVersion.split('/')[0] ?? ''));
  const words = there === undefined ? newWords(own, options) : wordsOf(there);
  const settled = settleDrafts({
    tree,
    folder,
    environment: options.environment,
    input,
    checked,
    own,
    words,
    standing: standing?.manifests ?? [],
    allowChanges: options.allowChanges === true,
    settings: {
      ...(words.namespace === undefined ? {} : { namespace: words.namespace }),
      clusterDomain: there?.clusterDomain ?? 'cluster.local',
      labels: there?.labels ?? {},
      userIn: (match) => userIn(words.user, match),
    },
  });
  if ('diagnostics' in settled) return fail(settled.diagnostics, settled.sources);
  const { kept, ...rest } = settled;
  return {
    diagnostics: empty,
    sources: input,
    imported: { ...rest, kept: locateDiagnostics(inOrder(own, kept), createLocator(input)), others: checked.all.length - own.length },
  };
}

function inOrder(own: readonly Manifest[], kept: ReadonlyMap<Manifest, Diagnostic>): readonly Diagnostic[] {
  return own.flatMap((manifest) => kept.get(manifest) ?? []);
}

/** The mesh's facts as the environment has them; where it is new, as the command line does. */
function givenBy(environment: Environment | undefined, { istio, namespace }: ImportOptions): CheckOptions {
  if (environment === undefined) return { ...(istio === undefined ? {} : { istio }), ...(namespace === undefined ? {} : { namespace }) };
  const { outboundTrafficPolicy, rootNamespace } = environment.mesh;
  return {
    istio: environment.istio,
    ...(environment.namespace === undefined ? {} : { namespace: environment.namespace }),
    clusterDomain: environment.clusterDomain,
    outboundTrafficPolicy,
    rootNamespace,
  };
}

function newWords(
  own: readonly Manifest[],
  { istio, namespace = commonNamespace(own), user = customaryUser(own) }: ImportOptions,
): EnvironmentWords {
  return {
    ...(istio === undefined ? {} : { istio }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(user === undefined ? {} : { user }),
  };
}

function wordsOf({ istio, namespace, user }: Environment): EnvironmentWords {
  return { istio, ...(namespace === undefined ? {} : { namespace }), ...(user === undefined ? {} : { user }) };
}
