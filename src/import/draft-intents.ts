import { qualifiedHost } from '../istio/host.ts';
import { destinationsOf } from '../istio/virtual-service-parts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { DraftedIntents, DraftIntent } from '../model/imported.ts';
import { type JsonObject, objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { kindHasIntents } from './diagnostics.ts';
import { externalWords } from './external-intent.ts';
import { gatewayWords } from './gateway-words.ts';
import type { ImportSettings } from './import-settings.ts';
import { draftOf, intentNames, type NamedGroup } from './intent-names.ts';
import { gatewaysOf, groupObjects, keptUnsaid } from './object-groups.ts';
import type { ServiceFrame } from './service-frame.ts';
import { serviceWords } from './service-intent.ts';
import { isUnsaid } from './unsaid.ts';

const kindsOfIntents: ReadonlySet<string> = new Set(['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry']);

/**
 * Intents for the Istio objects of a mesh, read backwards from what words lower to. What they render is for the caller to see: an object
 * that it finds otherwise comes back in `before`, with the finding, and is left to stand as it is.
 */
export function draftIntents(mesh: Mesh, settings: ImportSettings, before: ReadonlyMap<Manifest, Diagnostic>): DraftedIntents {
  const kept = new Map(before);
  for (const object of mesh.objects)
    if (!kindsOfIntents.has(object.kind) && !kept.has(object.manifest))
      kept.set(object.manifest, diagnose(kindHasIntents, { params: { object: titleOf(object) }, at: object.atBody('/kind') }));
  const isLeft = (object: MeshObject): boolean => !kept.has(object.manifest);
  const gateways = gatewayDrafts(mesh, settings, kept);
  const home = settings.namespace ?? mesh.home;
  const written = new Set(gateways.flatMap(({ replaces }) => replaces).map((one) => `${one.namespace ?? home}/${one.name}`));
  const grouped = groupObjects(mesh, isLeft);
  for (const [manifest, finding] of grouped.kept) kept.set(manifest, finding);
  const named = intentNames(grouped.groups, settings);
  const known = new Map(named.map((one) => [`${one.group.namespace} ${one.group.fqdn}`, one]));
  const ledPorts = portsLedTo(mesh, settings);
  const drafts = named.flatMap((one) =>
    groupDrafts(one, {
      mesh,
      settings,
      kept,
      known,
      ledPorts,
      isAtHome: (gateway) => written.has(gateway) || gateway.startsWith(`${home}/`),
    }),
  );
  return { intents: [...gateways, ...foreignGateways(mesh, home, drafts, written), ...drafts], kept };
}

interface Surroundings {
  readonly mesh: Mesh;
  readonly settings: ImportSettings;
  readonly kept: Map<Manifest, Diagnostic>;
  readonly known: ReadonlyMap<string, NamedGroup>;
  /** Ports that routes lead to, by host. */
  readonly ledPorts: ReadonlyMap<string, ReadonlySet<number>>;
  /** Whether a gateway, 'namespace/name', is called by its name alone in its own namespace. */
  readonly isAtHome: (gateway: string) => boolean;
}

function groupDrafts({ group, name }: NamedGroup, around: Surroundings): readonly DraftIntent[] {
  const { mesh, settings, kept } = around;
  const { namespace, fqdn } = group;
  const frame: Omit<ServiceFrame, 'versions'> = {
    fqdn,
    qualify: (host) => qualifiedHost(host, namespace, settings.clusterDomain),
    userIn: settings.userIn,
    elsewhere: (other) => elsewhere(other, namespace, around),
  };
  const [host] = mesh.hosts.named(fqdn);
  const said =
    group.entry === undefined
      ? serviceWords(group, {
          frame,
          known: host?.ports,
          led: around.ledPorts.get(fqdn) ?? new Set(),
          gatewayWord: (object) => gatewayWord(object, around.isAtHome),
          exposedName: (gateway) => `${name}-${gateway.slice(gateway.indexOf('/') + 1)}`,
        })
      : externalWords(group, group.entry, frame);
  for (const [object, reason] of said.refused) kept.set(object.manifest, keptUnsaid(object, reason));
  if (said.says.length === 0) return [];
  return [draftOf(group, name, said.words, said.says, settings)];
}

function portsLedTo(mesh: Mesh, { clusterDomain }: ImportSettings): ReadonlyMap<string, ReadonlySet<number>> {
  const led = new Map<string, Set<number>>();
  for (const { spec, namespace } of mesh.ofKind('VirtualService'))
    for (const { destination } of destinationsOf(spec)) {
      const { number } = objectOr(destination.port);
      const fqdn = qualifiedHost(String(destination.host), namespace, clusterDomain);
      if (typeof number === 'number') led.set(fqdn, (led.get(fqdn) ?? new Set()).add(number));
    }
  return led;
}

function elsewhere(fqdn: string, namespace: string, { known, mesh }: Surroundings): ReturnType<ServiceFrame['elsewhere']> {
  const other = known.get(`${namespace} ${fqdn}`) ?? [...known.values()].find(({ group }) => group.fqdn === fqdn);
  if (other === undefined || other.group.entry !== undefined) return { hasVersions: false };
  const { rule, routes } = other.group;
  const hasVersions = Array.isArray(rule?.spec.subsets) && rule.spec.subsets.length > 0;
  const [host] = mesh.hosts.named(fqdn);
  const port = host?.ports?.length === 1 ? host.ports[0]?.number : undefined;
  const service =
    hasVersions || routes !== undefined
      ? undefined
      : other.group.namespace === namespace
        ? other.name
        : `${other.group.namespace}/${other.name}`;
  return { hasVersions, ...(service === undefined ? {} : { service }), ...(port === undefined ? {} : { port }) };
}

/** How the group of a VirtualService names its gateway: short at home. */
function gatewayWord(object: MeshObject, isAtHome: (gateway: string) => boolean): string | undefined {
  const [gateway] = gatewaysOf(object);
  if (gateway === undefined) return undefined;
  return gateway.startsWith(`${object.namespace}/`) && isAtHome(gateway) ? gateway.slice(object.namespace.length + 1) : gateway;
}

function gatewayDrafts(mesh: Mesh, settings: ImportSettings, kept: Map<Manifest, Diagnostic>): readonly DraftIntent[] {
  return mesh.ofKind('Gateway').flatMap((object): readonly DraftIntent[] => {
    if (kept.has(object.manifest)) return [];
    const words = gatewayWords(object.spec);
    if (!isUnsaid(words))
      return [draftOf({ kind: 'gateway', namespace: object.namespace, host: object.name }, object.name, words, [object], settings)];
    kept.set(object.manifest, keptUnsaid(object, words));
    return [];
  });
}

/** Gateways that are named and that no intent here writes: `external: true`. */
function foreignGateways(mesh: Mesh, home: string, drafts: readonly DraftIntent[], written: ReadonlySet<string>): readonly DraftIntent[] {
  const said = new Set(drafts.flatMap(({ replaces }) => replaces));
  const named = mesh
    .ofKind('VirtualService')
    .filter(({ manifest }) => said.has(manifest))
    .flatMap(gatewaysOf);
  return [...new Set(named)]
    .filter((gateway) => !written.has(gateway))
    .map((gateway): DraftIntent => {
      const name = gateway.startsWith(`${home}/`) ? gateway.slice(home.length + 1) : gateway;
      const words: JsonObject = { gateway: name, external: true };
      return { kind: 'gateway', name, words, replaces: [] };
    });
}
