import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { entryHosts } from './entry-hosts.ts';

/** A Kubernetes Service wins against a ServiceEntry of its name (Istio: push_context.go initServiceRegistry, sidecar.go appendSidecarServices). */
export const entryHostIsNoService = defineMeshRule<{ id: string; host: string; service: string }>({
  code: 'MS5813',
  name: 'entry-host-is-no-service',
  severity: 'warning',
  summary: ({ id, host, service }) => `${id} declares ${host}, but that is the Kubernetes Service ${service}`,
  why: 'The Service wins: ports, protocols, resolution and location of the ServiceEntry have no effect.',
  fix: 'Change the Service, or declare another host and route to it.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(mesh, report) {
    const suffix = `.svc.${mesh.environment.clusterDomain}`.toLowerCase();
    const services = new Map(
      mesh.cluster.services
        .filter(({ externalName }) => externalName === undefined)
        .map((service) => [`${service.name}.${service.namespace}${suffix}`.toLowerCase(), service]),
    );
    if (services.size === 0) return;
    for (const { object, host, pointer } of entryHosts(mesh)) {
      const service = services.get(host);
      if (service === undefined) continue;
      report(object, { params: { id: titleOf(object), host, service: `${service.namespace}/${service.name}` }, pointer });
    }
  },
});
