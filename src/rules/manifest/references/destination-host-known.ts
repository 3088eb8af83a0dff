import { namespaceOfHost } from '../../../istio/host.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { destinationsIn, verbOf } from './each-destination.ts';
import { hostHints, mayStandElsewhere, misreadService, serviceNames } from './host-hints.ts';

/**
 * A route's destination, and a mirror's, must be a service that the mesh knows (Istio: analyzers/virtualservice/destinationhosts.go, which
 * knows the domain cluster.local only). An error where the input shows the services of the namespace that the name points into. A name
 * with a dot is never completed: `reviews.shop` is no name of a service in `shop`.
 */
export const destinationHostKnown = defineObjectInMeshRule<{ id: string; verb: string; written: string; lack: string }>({
  code: 'MS5701',
  name: 'destination-host-known',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, verb, written, lack }) => `${id} ${verb} \`${written}\`, ${lack}`,
  why: 'Istio writes the route all the same, to endpoints that do not exist: every request that is sent there fails with 503.',
  fix: 'Name a Service, or a host that a ServiceEntry declares. A short name is one of the namespace of the object it stands in.',
  since: '0.1.0',
  reads: ['VirtualService'],
  told: 'once per place',
  check(object, report, mesh) {
    const services = serviceNames(mesh);
    const { clusterDomain } = mesh.environment;
    for (const { part, written, host } of destinationsIn(object, mesh)) {
      const { known } = mesh.hosts.find(written, object.namespace);
      if (known === 'yes' || mayStandElsewhere(mesh, object, written)) continue;
      const where = { pointer: `${part.pointer}/host` };
      const params = { id: titleOf(object), verb: verbOf(part), written };
      const home = namespaceOfHost(host, clusterDomain);
      const meant = home === undefined && !/\.svc\./.test(written) ? misreadService(written, services) : undefined;
      if (meant !== undefined) {
        const lack = 'which Istio does not complete: with a dot in it, a name is taken as it is';
        const hints = [`write \`${meant.name}.${meant.namespace}.svc.${clusterDomain}\``];
        report({ ...where, params: { ...params, lack }, hints });
      } else if (home !== undefined && known === 'no') {
        const lack = `but there is no service ${host.split('.')[0]} in the namespace ${home}`;
        report({ ...where, params: { ...params, lack }, hints: hostHints(mesh, services, written, home) });
      }
    }
  },
});
