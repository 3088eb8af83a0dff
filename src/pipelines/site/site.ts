/**
 * The page of `mainsheet site`: what there is to show of compiled environments, as data that a browser draws.
 *
 *   intents ──explain──▶ values, with who said them ─┐
 *   manifests ──mesh──▶ routes, in words ────────────┼──▶ the site, and beside it the meshes that its request box asks
 *   rollouts, history, findings ─────────────────────┘
 *
 * Pure: git was asked before, and no clock is read.
 */

import { builtinTemplates } from '../../expand/builtin-templates.ts';
import { explainIntent } from '../../explain/explain-intent.ts';
import { environmentMesh } from '../../mesh/mesh.ts';
import type { HistoryCommit } from '../../model/commit.ts';
import type { LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import type { Intent } from '../../model/intent.ts';
import type { Manifest } from '../../model/manifest.ts';
import { byCodePoint } from '../../model/names.ts';
import { rolloutPlanOf } from '../../model/rollout-plan.ts';
import type { Site, SiteCommit, SiteDestination, SiteEnvironment, SiteIntent, SiteRollout, SiteRoute } from '../../model/site.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { serviceWords } from '../../model/words.ts';
import { isBegun, positions } from '../../rollout/steps.ts';
import { describeMatch } from '../../simulate/describe-match.ts';
import { gatewayVirtualServices } from '../../simulate/gateway-virtual-services.ts';
import { gatewayIds } from '../../site/gateway-ids.ts';
import { grouped } from '../../site/grouped.ts';
import { intentId } from '../../site/intent-id.ts';
import { namedIntents } from '../../site/named-intents.ts';
import { ownerKey } from '../../site/owner-key.ts';
import { type PlaceFinder, placeFinder } from '../../site/place-finder.ts';
import { siteCalls, siteGateways } from '../../site/site-calls.ts';
import { type ChangesByFile, changesByFile, siteChanges } from '../../site/site-changes.ts';
import { siteFindings } from '../../site/site-findings.ts';
import { siteHosts, sitePort } from '../../site/site-hosts.ts';
import { sitePins } from '../../site/site-pins.ts';
import { idleRollout, siteRollout } from '../../site/site-rollout.ts';
import { siteRoutes } from '../../site/site-routes.ts';
import { siteValues } from '../../site/site-values.ts';
import { siteVersions } from '../../site/site-versions.ts';
import { type ReadContents, readHistories } from '../rollouts/rollout-history.ts';
import type { RolloutEntry } from '../rollouts/rollout-moves.ts';
import { rolloutsOf } from '../rollouts/rollouts.ts';
import { type CarriedMesh, carryMesh } from './carried-mesh.ts';

export interface SiteRequest {
  readonly title: string;
  readonly version: string;
  readonly tree: FileTree;
  readonly environments: readonly SiteInput[];
  /** The base's first-parent history, newest first; empty where there is none. */
  readonly commits: readonly HistoryCommit[];
  readonly head?: SiteCommit;
  /** Whether more history than `commits` is elsewhere. */
  readonly isShallow?: boolean;
  /** Input files that are not as `head` has them. */
  readonly uncommitted: number;
}

/** An environment without errors. */
export interface SiteInput {
  readonly loaded: LoadedEnvironment;
  readonly manifests: readonly Manifest[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Rollouts that are on their way, or have something left to do. */
  readonly rollouts: readonly RolloutEntry[];
}

export interface DrawnSite {
  readonly site: Site;
  /** In the order of the environments. */
  readonly meshes: readonly CarriedMesh[];
}

/** How many commits are told of one intent. */
const mostChanges = 12;

export function drawSite(request: SiteRequest): DrawnSite {
  const places = placeFinder(new Map([...builtinTemplates, ...request.tree]));
  const changes = changesByFile(request.commits);
  const drawn = request.environments.map((input) => ({
    environment: drawEnvironment(input, places, changes),
    mesh: carryMesh(input.loaded, input.manifests, places.position),
  }));
  const { title, version, head, isShallow = false, uncommitted } = request;
  return {
    site: {
      title,
      version,
      ...(head === undefined ? {} : { commit: head }),
      isShallow,
      uncommitted,
      environments: drawn.map(({ environment }) => environment),
    },
    meshes: drawn.map(({ mesh }) => mesh),
  };
}

/** The rollouts of an environment, each with since when it is where it is, as far as history tells. */
export async function datedRollouts(
  loaded: LoadedEnvironment,
  { tree, commits, read, rendered }: Pick<SiteRequest, 'tree' | 'commits'> & { readonly read: ReadContents; readonly rendered?: RepoPath },
): Promise<readonly RolloutEntry[]> {
  const undated = rolloutsOf(loaded);
  const intents = [...new Set(undated.flatMap((entry) => entry.intents))];
  if (intents.length === 0 || commits.length === 0) return undated;
  const { name } = loaded.environment;
  const folder = rendered === '.' ? name : rendered === undefined ? undefined : `${rendered}/${name}`;
  const { histories } = await readHistories(tree, loaded, intents, commits, read, folder);
  return rolloutsOf(loaded, histories);
}

function drawEnvironment(input: SiteInput, places: PlaceFinder, changes: ChangesByFile): SiteEnvironment {
  const { loaded, diagnostics } = input;
  const { environment, intents } = loaded;
  const { name, istio, namespace } = environment;
  const findings = siteFindings(diagnostics, intents, places);
  const routes = routesByIntent(input, places);
  const rollouts = new Map(
    input.rollouts.flatMap((entry) => [...entry.intents, entry.subject].map((intent) => [intentId(intent), entry] as const)),
  );
  const find = namedIntents(environment, intents);
  const drawn = intents.map((intent): SiteIntent => {
    const id = intentId(intent);
    const rollout = rolloutOf(loaded, intent, rollouts.get(id));
    const { weights } = serviceWords(intent);
    const told = siteChanges(intent, changes);
    const port = sitePort(intent);
    return {
      id,
      kind: intent.kind,
      name: intent.name,
      ...(intent.namespace === undefined ? {} : { namespace: intent.namespace }),
      hosts: siteHosts(environment, intent),
      ...(port === undefined ? {} : { port }),
      versions: siteVersions(intent),
      ...(weights === undefined || weights === 'git' ? {} : { weights }),
      pins: sitePins(intent, describeMatch, (pointer) => places.wordsOf(intent, pointer)),
      routes: routes.get(id) ?? [],
      values: siteValues(explainIntent(environment, intent).entries, places),
      calls: siteCalls(intent, find),
      gateways: siteGateways(intent, find),
      ...(rollout === undefined ? {} : { rollout }),
      findings: findings.get(id) ?? [],
      changes: told.slice(0, mostChanges),
      hasMoreChanges: told.length > mostChanges,
    };
  });
  return {
    name,
    istio: istio.text,
    ...(namespace === undefined ? {} : { namespace }),
    intents: drawn.toSorted((a, b) => byCodePoint(a.id, b.id)),
    findings: findings.get('') ?? [],
  };
}

function rolloutOf(loaded: LoadedEnvironment, intent: Intent, entry: RolloutEntry | undefined): SiteRollout | undefined {
  if (entry !== undefined)
    return siteRollout(entry.state, intent, positions(entry.state), isBegun(entry.state), guardrailsOf(loaded.environment).freeze);
  const { stable } = serviceWords(intent);
  const plan = intent.kind === 'service' && stable !== undefined ? rolloutPlanOf(loaded, intent) : undefined;
  return plan === undefined ? undefined : idleRollout(plan, intent.name, stable ?? '');
}

/** Routes that lead to an intent's hosts, or that its own objects hold; of a gateway all that come by it, as its pods try them. */
function routesByIntent({ loaded, manifests }: SiteInput, places: PlaceFinder): ReadonlyMap<string, readonly SiteRoute[]> {
  const { environment, intents } = loaded;
  const mesh = environmentMesh(loaded, manifests, new Set());
  const byHost = new Map(
    intents.flatMap((intent) => siteHosts(environment, intent).map((host) => [host.toLowerCase(), intentId(intent)] as const)),
  );
  const owners = new Map(intents.map((intent) => [ownerKey(intent), intentId(intent)]));
  const all = siteRoutes(mesh, describeMatch).map(({ route, object, pointer, root }) => {
    const at = places.line(object.at(pointer));
    const known = (one: SiteDestination): SiteDestination => {
      const id = byHost.get(one.host.toLowerCase());
      return id === undefined ? one : { ...one, id };
    };
    const told: SiteRoute = {
      ...route,
      destinations: route.destinations.map(known),
      mirrors: route.mirrors.map(known),
      ...(at === undefined ? {} : { at }),
    };
    return { told, root, owner: owners.get(ownerKey(object.manifest.owner)) };
  });
  const byGateway = grouped(
    [...gatewayIds(loaded, mesh)].flatMap(([gateway, id]) => {
      const [known] = mesh.gateways.all.filter((one) => one.id === gateway);
      if (known === undefined) return [];
      const there = grouped(all.flatMap(({ told, root }) => (told.gateways.includes(gateway) ? [[root, told] as const] : [])));
      return gatewayVirtualServices(known, mesh).flatMap((root) => (there.get(root) ?? []).map((told) => [id, told] as const));
    }),
  );
  const led = grouped(
    all.flatMap(({ told, owner }) => {
      const parties = new Set([owner, ...told.destinations.map(({ id }) => id)]);
      return [...parties].flatMap((id) => (id === undefined || byGateway.get(id)?.includes(told) ? [] : [[id, told] as const]));
    }),
  );
  return new Map([...led, ...[...byGateway].map(([id, told]) => [id, [...told, ...(led.get(id) ?? [])]] as const)]);
}

export { foldValues } from '../../site/fold-values.ts';
