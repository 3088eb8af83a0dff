import { type ListenerPart, listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** The names of a Gateway's ports are unique among its servers (Istio: validation.go ValidateGateway). */
export const oneServerPerPortName = defineObjectRule<{ id: string; name: string; server: number; other: number }>({
  code: 'MS5302',
  name: 'one-server-per-port-name',
  severity: 'error',
  summary: ({ id, name, server, other }) => `servers ${other + 1} and ${server + 1} of ${id} both call their port \`${name}\``,
  why: 'Istio tells the routes of HTTPS servers apart by the names of their ports, and rejects a Gateway in which two are the same.',
  fix: 'Give each server a port name of its own, such as `https-shop` and `https-blog`.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    const first = new Map<string, ListenerPart>();
    for (const part of listenersOf(object.spec, 'servers')) {
      const { name } = part.port ?? { name: '' };
      const other = first.get(name);
      if (other === undefined) {
        first.set(name, part);
        continue;
      }
      const related = [{ message: 'the name is taken here', at: object.at(`${other.pointer}/port/name`) }];
      const params = { id: titleOf(object), name, server: part.index, other: other.index };
      report({ params, pointer: `${part.pointer}/port/name`, related });
    }
  },
});
