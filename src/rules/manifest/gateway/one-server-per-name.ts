import { listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A server's own name, where it has one, is its alone: Istio only logs that two are the same (pilot/pkg/model/gateway.go mergeGateways). */
export const oneServerPerName = defineObjectRule<{ id: string; name: string; server: number; other: number }>({
  code: 'MS5320',
  name: 'one-server-per-name',
  severity: 'warning',
  summary: ({ id, name, server, other }) => `servers ${other + 1} and ${server + 1} of ${id} are both called \`${name}\``,
  why: 'The name becomes the prefix of statistics, so the numbers of the two servers are added up and cannot be told apart.',
  fix: 'Give each server a `name` of its own, or none.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    const first = new Map<string, number>();
    for (const { listener, index, pointer } of listenersOf(object.spec, 'servers')) {
      const { name } = listener;
      if (typeof name !== 'string' || name === '') continue;
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, index);
        continue;
      }
      const related = [{ message: 'the name is taken here', at: object.at(`/servers/${other}/name`) }];
      report({ params: { id: titleOf(object), name, server: index, other }, pointer: `${pointer}/name`, related });
    }
  },
});
