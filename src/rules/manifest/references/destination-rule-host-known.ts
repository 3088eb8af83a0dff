import { namespaceOfHost } from '../../../istio/host.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { hostHints, mayStandElsewhere, misreadService, serviceNames } from './host-hints.ts';

/**
 * A DestinationRule speaks of a host that the mesh knows, or of a wildcard over some (Istio: analyzers/destinationrule/subset.go, which
 * takes `*.local` and other wildcards over Services for unknown).
 */
export const destinationRuleHostKnown = defineObjectInMeshRule<{ id: string; host: string; lack: string }>({
  code: 'MS5708',
  name: 'destination-rule-host-known',
  severity: 'warning',
  alias: 'IST0174',
  summary: ({ id, host, lack }) => `${id} is for \`${host}\`, ${lack}`,
  why: 'A rule for a host that the mesh does not know is never used: its policies and subsets do not hold for anything.',
  fix: 'Name a Service, or a host that a ServiceEntry declares. A short name is one of the namespace of the rule.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report, mesh) {
    const { host } = object.spec;
    // A wildcard is for whatever comes.
    if (typeof host !== 'string' || host.startsWith('*') || mesh.hosts.find(host, object.namespace).known !== 'no') return;
    if (mayStandElsewhere(mesh, object, host)) return;
    const services = serviceNames(mesh);
    const { clusterDomain } = mesh.environment;
    const home = namespaceOfHost(mesh.hosts.qualified(host, object.namespace), clusterDomain);
    const meant = home === undefined ? misreadService(host, services) : undefined;
    const lack =
      meant !== undefined
        ? 'which Istio does not complete: with a dot in it, a name is taken as it is'
        : home === undefined
          ? 'which no ServiceEntry declares'
          : `but there is no service ${host.split('.')[0]} in the namespace ${home}`;
    const hints =
      meant !== undefined
        ? [`write \`${meant.name}.${meant.namespace}.svc.${clusterDomain}\``]
        : home === undefined
          ? []
          : hostHints(mesh, services, host, home);
    report({ params: { id: titleOf(object), host, lack }, pointer: '/host', hints });
  },
});
