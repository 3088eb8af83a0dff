import { boundToMesh } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type Json, type JsonObject, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** The hosts of one VirtualService are distinct, wildcards counted with what they cover (Istio: validation.go ValidateVirtualService). */
export const hostsDoNotOverlap = defineObjectRule<{ id: string; host: string; other: string }>({
  code: 'MS5105',
  name: 'hosts-do-not-overlap',
  severity: 'error',
  summary: ({ id, host, other }) =>
    host === other
      ? `${id} has the host \`${host}\` twice`
      : `${id} has the hosts \`${other}\` and \`${host}\`, of which one covers the other`,
  why: 'Istio rejects a VirtualService with such hosts: what holds for one of them holds for the other anyway.',
  fix: 'Keep the wider one; what shall be routed otherwise goes to a VirtualService of its own.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { index, before } of overlaps(object.spec)) {
      const hosts = listOr(object.spec.hosts);
      const related = [{ message: 'the other one is here', at: object.at(`/hosts/${before}`) }];
      const params = { id: titleOf(object), host: String(hosts[index]), other: String(hosts[before]) };
      report({ params, pointer: `/hosts/${index}`, related });
    }
  },
});

interface Overlap {
  readonly index: number;
  /** An earlier host that is the same, covers this one, or is covered by it. */
  readonly before: number;
}

/** Each host is looked up by its endings, so that long lists cost no more than their text. */
function overlaps(spec: JsonObject): readonly Overlap[] {
  const hosts = listOr(spec.hosts);
  // Of `*` in the mesh there is a finding already, and it covers everything.
  if (hosts.length < 2 || (boundToMesh(spec) && hosts.includes('*'))) return [];
  const found: Overlap[] = [];
  const named = new Map<string, number>();
  const wildcards = new Map<string, number>();
  // Endings of what has been seen → its first place: what a later wildcard would cover.
  const endings = new Map<string, number>();
  const anyWildcard = hosts.some(isWildcard);
  for (const [index, host] of hosts.entries()) {
    const text = tailOf(host);
    const wild = isWildcard(host);
    const before = wild ? endings.get(text) : named.get(text);
    const covering =
      before ??
      (anyWildcard
        ? endingsOf(text)
            .map((ending) => wildcards.get(ending))
            .find((place) => place !== undefined)
        : undefined);
    if (covering !== undefined) found.push({ index, before: covering });
    const places = wild ? wildcards : named;
    if (!places.has(text)) places.set(text, index);
    if (anyWildcard) for (const ending of endingsOf(text)) if (!endings.has(ending)) endings.set(ending, index);
  }
  return found;
}

function isWildcard(host: Json): boolean {
  return typeof host === 'string' && host.startsWith('*');
}

/** What names that a host covers end in: itself, or what follows the `*`. */
function tailOf(host: Json): string {
  const text = String(host);
  return text.startsWith('*') ? text.slice(1) : text;
}

function endingsOf(text: string): readonly string[] {
  return Array.from({ length: text.length + 1 }, (_, from) => text.slice(from));
}
