import { hostWithin } from '../../../istio/host.ts';
import { listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { type EgressHost, egressHostsOf, hasExclusions, placeOf, someOf } from './egress-hosts.ts';

/**
 * An exclusion leaves something of what its listener names: from 1.31 on a host is reached when some entry names it and none excludes it
 * (pilot/pkg/model/sidecar.go). `~/*`, which before named no namespace, now excludes every host.
 */
export const includedHostsStay = defineObjectRule<{ id: string; host: string; lost: string }>({
  code: 'MS5514',
  name: 'included-hosts-stay',
  severity: 'warning',
  summary: ({ id, host, lost }) => `\`${host}\` excludes all of ${lost} in an egress listener of ${id}`,
  why: 'An exclusion wins over every other entry, so these hosts are not reached; `~/*` excludes all hosts of all namespaces.',
  fix: 'Remove the exclusion, or the entries that it takes back; `~/*` stands alone where nothing is called.',
  since: '0.1.0',
  reads: ['Sidecar'],
  meshes: { from: 31 },
  check(object, report) {
    for (const listener of listenersOf(object.spec, 'egress').filter(hasExclusions)) {
      const hosts = egressHostsOf(listener, object.namespace);
      const included = hosts.filter(({ excludes }) => !excludes);
      for (const exclusion of hosts.filter(({ excludes }) => excludes)) {
        const lost = included.filter((entry) => takesBack(exclusion, entry));
        const [first] = lost;
        if (first === undefined) continue;
        const related = [{ message: 'not reached', at: object.at(placeOf(listener, first)) }];
        const params = { id: titleOf(object), host: exclusion.written, lost: someOf(lost) };
        report({ params, pointer: placeOf(listener, exclusion), related });
      }
    }
  },
});

function takesBack(exclusion: EgressHost, { namespace, host }: EgressHost): boolean {
  return (exclusion.namespace === '*' || exclusion.namespace === namespace) && hostWithin(host, exclusion.host);
}
