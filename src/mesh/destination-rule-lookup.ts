import { listOr } from '../model/json.ts';
import { questionsOf } from '../model/recorded-reads.ts';
import { wildcardsAmong } from './known-hosts.ts';
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
  /** The choice of each namespace whose own clients are decided for by a rule of their own. */
  readonly deciding: (host: string) => readonly RuleChoice[];
  /** Every rule for exactly this host, wherever it stands. */
  readonly about: (host: string) => readonly MeshObject[];
  /** Whether the input shows a rule of this namespace at all. */
  readonly shows: (namespace: string) => boolean;
}

/** A client in a namespace that nothing names. */
export const elsewhere = '';

type ByNamespace = ReadonlyMap<string, readonly MeshObject[]>;

/**
 * Istio looks in the client's namespace (in the root namespace only at rules that are private there), then among the exported rules of
 * the service's, then of the root namespace. In each the exact host counts before the longest wildcard, and the first namespace with any
 * rule decides alone (push_context.go destinationRule, setDestinationRules).
 */
export const destinationRuleLookup = questionsOf((mesh: Mesh): DestinationRuleLookup => {
  const byHost = new Map<string, Map<string, MeshObject[]>>();
  for (const rule of mesh.shown('DestinationRule')) {
    const host = mesh.hosts.qualified(String(rule.spec.host), rule.namespace).toLowerCase();
    const there = byHost.get(host) ?? new Map<string, MeshObject[]>();
    byHost.set(host, there);
    const rules = there.get(rule.namespace);
    if (rules === undefined) there.set(rule.namespace, [rule]);
    else rules.push(rule);
  }
  const namespaces = new Set(mesh.shown('DestinationRule').map(({ namespace }) => namespace));
  const wildcardsOver = wildcardsAmong(byHost.keys());
  const root = mesh.environment.mesh.rootNamespace;
  const isPrivate = (rule: MeshObject) => isPrivateRule(rule, mesh.environment.mesh.exportTo);

  /** The rules over a host: for itself, then for ever wider wildcards. */
  const over = remembered((host: string): readonly ByNamespace[] =>
    [host, ...wildcardsOver(host).filter((wildcard) => wildcard !== host)].flatMap((one) => byHost.get(one) ?? []),
  );
  const inNamespace = (namespace: string, host: string, counts: (rule: MeshObject) => boolean): readonly MeshObject[] => {
    for (const there of over(host)) {
      const rules = there.get(namespace)?.filter(counts) ?? [];
      if (rules.length > 0) return rules;
    }
    return [];
  };
  const choose = (host: string, owners: readonly string[], client: string): RuleChoice | undefined => {
    const own = inNamespace(client, host, client === root ? isPrivate : isForOwn);
    if (own.length > 0) return { namespace: client, rules: own };
    for (const namespace of [...owners, root]) {
      const exported = inNamespace(namespace, host, (rule) => !isPrivate(rule)).filter((rule) => isExportedTo(rule, client));
      if (exported.length > 0) return { namespace, rules: exported };
    }
    return undefined;
  };
  const deciding = remembered((host: string): readonly RuleChoice[] => {
    const choices = new Map<string, RuleChoice>();
    for (const there of over(host)) {
      for (const [namespace, all] of there) {
        const rules = namespace === root || choices.has(namespace) ? [] : all.filter(isForOwn);
        if (rules.length > 0) choices.set(namespace, { namespace, rules });
      }
    }
    return [...choices.values()];
  });
  const about = (host: string) => [...(byHost.get(host.toLowerCase())?.values() ?? [])].flat();
  return {
    find: (host, owners, client) => choose(host.toLowerCase(), owners, client),
    deciding: (host) => deciding(host.toLowerCase()),
    about,
    shows: (namespace) => namespaces.has(namespace),
  };
});

function remembered<Answer>(answer: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, Answer>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const value = answer(key);
    answers.set(key, value);
    return value;
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
