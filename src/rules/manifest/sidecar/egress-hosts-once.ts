import { listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { type EgressHost, egressHostsOf, placeOf, someOf } from './egress-hosts.ts';

/** A host stands once in an `egress` listener, and not beside all hosts of its namespace or of the mesh (Istio: validation.go ValidateSidecar). */
export const egressHostsOnce = defineObjectRule<{ id: string; host: string; says: string }>({
  code: 'MS5512',
  name: 'egress-hosts-once',
  severity: 'warning',
  summary: ({ id, host, says }) => `\`${host}\` in an egress listener of ${id} ${says}`,
  why: 'A wider entry lets in all that narrower ones name, so they change nothing; perhaps the list is less narrow than it was meant to be.',
  fix: 'Remove the entry that is not meant.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const listener of listenersOf(object.spec, 'egress')) {
      const included = egressHostsOf(listener, object.namespace).filter(({ excludes }) => !excludes);
      for (const { entry, others, says } of repetitions(included)) {
        const related = others.slice(0, 1).map((other) => ({ message: 'this one', at: object.at(placeOf(listener, other)) }));
        report({ params: { id: titleOf(object), host: entry.written, says }, pointer: placeOf(listener, entry), related });
      }
    }
  },
});

interface Repetition {
  readonly entry: EgressHost;
  readonly others: readonly EgressHost[];
  readonly says: string;
}

function repetitions(hosts: readonly EgressHost[]): readonly Repetition[] {
  const first = new Map<string, EgressHost>();
  const twins: Repetition[] = [];
  for (const entry of hosts) {
    const key = `${entry.namespace}/${entry.host}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, entry);
    else
      twins.push({
        entry,
        others: [other],
        says: other.written === entry.written ? 'stands there twice' : `is \`${other.written}\` again`,
      });
  }
  return [...coverings([...first.values()]), ...twins];
}

/** Entries for all hosts of a namespace, each with those that it makes needless; all hosts of the mesh make all others so. */
function coverings(hosts: readonly EgressHost[]): readonly Repetition[] {
  const everything = hosts.find(({ namespace, host }) => namespace === '*' && host === '*');
  const wide = everything === undefined ? hosts.filter(({ host }) => host === '*') : [everything];
  const covered = new Map(wide.map((entry): [string, EgressHost[]] => [entry.namespace, []]));
  for (const entry of hosts)
    if (everything === undefined ? entry.host !== '*' : entry !== everything)
      covered.get(everything?.namespace ?? entry.namespace)?.push(entry);
  return wide.flatMap((entry) => {
    const others = covered.get(entry.namespace) ?? [];
    return others.length === 0 ? [] : [{ entry, others, says: `covers ${someOf(others)}` }];
  });
}
