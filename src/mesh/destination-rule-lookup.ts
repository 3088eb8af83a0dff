import { listOr } from '../model/json.ts';
import { wildcardsOver } from './known-hosts.ts';
import type { Mesh } from './mesh.ts';
import type { MeshObject } from './mesh-object.ts';

/** The DestinationRules of one namespace that decide for a client and a host. Istio merges them; in which order, git does not know. */
export interface RuleChoice {
  readonly namespace: string;
  readonly rules: readonly MeshObject[];
}

export interface DestinationRuleLookup {
  /**
   * The rules that a client's proxy uses for a host; undefined where it finds none. `owners` are the namespaces of the host's service,
   * `client` that of the caller, or `elsewhere`.
   */
  readonly find: (host: string, owners: readonly string[], client: string) => RuleChoice | undefined;
  /** Namespaces whose own clients are decided for by a rule of their own. */
  readonly deciding: (host: string) => readonly string[];
  /** Every rule for exactly this host, wherever it stands. */
  readonly about: (host: string) => readonly MeshObject[];
  /** Whether the input shows a rule of this namespace at all. */
  readonly shows: (namespace: string) => boolean;
}

/** A client in a namespace that nothing names. */
export const elsewhere = '';

interface NamespaceRules {
  readonly exact: Map<string, MeshObject[]>;
  readonly wildcards: Map<string, MeshObject[]>;
}

/**
 * Istio looks in the client's namespace (in the root namespace only at rules that are private there), then among the exported rules of
 * the service's, then of the root namespace. In each the exact host counts before the longest wildcard, and the first namespace with any
 * rule decides alone (push_context.go destinationRule, setDestinationRules).
 */
export function destinationRuleLookup(mesh: Mesh): DestinationRuleLookup {
  const byNamespace = new Map<string, NamespaceRules>();
  const namespaces = { exact: new Map<string, Set<string>>(), wildcards: new Map<string, Set<string>>() };
  const about = new Map<string, MeshObject[]>();
  for (const rule of mesh.shown('DestinationRule')) {
    const host = mesh.hosts.qualified(String(rule.spec.host), rule.namespace).toLowerCase();
    const own = byNamespace.get(rule.namespace) ?? { exact: new Map(), wildcards: new Map() };
    byNamespace.set(rule.namespace, own);
    const sort = host.startsWith('*') ? 'wildcards' : 'exact';
    add(own[sort], host, rule);
    add(about, host, rule);
    const there = namespaces[sort].get(host) ?? new Set();
    namespaces[sort].set(host, there.add(rule.namespace));
  }
  const root = mesh.environment.mesh.rootNamespace;
  const isPrivate = (rule: MeshObject) => isPrivateRule(rule, mesh.environment.mesh.exportTo);
  const inNamespace = (namespace: string, host: string, counts: (rule: MeshObject) => boolean): readonly MeshObject[] => {
    const rules = byNamespace.get(namespace);
    if (rules === undefined) return [];
    const exact = rules.exact.get(host)?.filter(counts) ?? [];
    if (exact.length > 0 || rules.wildcards.size === 0) return exact;
    const wide = wildcardsOver(host).map((wildcard) => rules.wildcards.get(wildcard)?.filter(counts) ?? []);
    return wide.find((list) => list.length > 0) ?? [];
  };
  const find = (host: string, owners: readonly string[], client: string): RuleChoice | undefined => {
    const own = inNamespace(client, host, client === root ? isPrivate : isForOwn);
    if (own.length > 0) return { namespace: client, rules: own };
    for (const namespace of [...owners, root]) {
      const exported = inNamespace(namespace, host, (rule) => !isPrivate(rule)).filter((rule) => isExportedTo(rule, client));
      if (exported.length > 0) return { namespace, rules: exported };
    }
    return undefined;
  };
  const remembered = new Map<string, RuleChoice | undefined>();
  return {
    find: (written, owners, client) => {
      const host = written.toLowerCase();
      const key = `${client} ${host} ${owners.join(' ')}`;
      if (!remembered.has(key)) remembered.set(key, find(host, owners, client));
      return remembered.get(key);
    },
    deciding: (written) => {
      const host = written.toLowerCase();
      const candidates = [...(namespaces.exact.get(host) ?? []), ...wideNamespaces(host, namespaces.wildcards)];
      return [...new Set(candidates)].filter((namespace) => namespace !== root && inNamespace(namespace, host, isForOwn).length > 0);
    },
    about: (host) => about.get(host.toLowerCase()) ?? [],
    shows: (namespace) => byNamespace.has(namespace),
  };
}

/** Whom it is exported to, as it is written; one with a workloadSelector never leaves its namespace. */
function exports({ spec }: MeshObject): readonly string[] {
  return spec.workloadSelector === undefined ? listOr(spec.exportTo).map(String) : ['.'];
}

function isForOwn(rule: MeshObject): boolean {
  const words = exports(rule);
  return words.length === 0 || words.some((word) => word === '*' || word === '.' || word === rule.namespace);
}

function isPrivateRule(rule: MeshObject, byDefault: string): boolean {
  const words = exports(rule);
  if (words.length === 0) return byDefault === '.';
  return words.length === 1 && (words[0] === '.' || words[0] === rule.namespace);
}

function isExportedTo(rule: MeshObject, client: string): boolean {
  const words = exports(rule);
  return words.length === 0 || words.includes('*') || words.includes(client);
}

function wideNamespaces(host: string, wildcards: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return wildcards.size === 0 ? [] : wildcardsOver(host).flatMap((wildcard) => [...(wildcards.get(wildcard) ?? [])]);
}

function add(map: Map<string, MeshObject[]>, key: string, rule: MeshObject): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [rule]);
  else known.push(rule);
}
