import { namespaceOfHost } from '../../../istio/host.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { destinationsIn, verbOf } from './each-destination.ts';
import { misreadService, serviceNames } from './host-hints.ts';

interface Undeclared {
  readonly id: string;
  readonly verb: string;
  readonly written: string;
  readonly foreign: boolean;
  readonly domain: string;
}

/**
 * A destination outside the cluster must be a host that a ServiceEntry declares (IST0101, KIA1101). A warning, because a ServiceEntry may
 * stand in any namespace, also in one that the input does not show. That the mesh lets calls to unknown hosts pass is no excuse: it holds
 * for requests without a route, and a destination makes one.
 */
export const externalHostDeclared = defineObjectInMeshRule<Undeclared>({
  code: 'MS5702',
  name: 'external-host-declared',
  severity: 'warning',
  alias: 'IST0101',
  summary: ({ id, verb, written, foreign, domain }) =>
    foreign
      ? `${id} ${verb} \`${written}\`, which is no name of this mesh's domain ${domain}, and no ServiceEntry declares it`
      : `${id} ${verb} \`${written}\`, which no ServiceEntry declares`,
  why: 'A route leads to hosts that the mesh knows. To any other its requests fail with 503, even where the mesh lets calls to unknown hosts pass.',
  fix: 'Declare the host by a ServiceEntry, or show the one that somebody else keeps beside the manifests; in an intent: by `external:`, or a folder under `registry:`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  told: 'once per place',
  check(object, report, mesh) {
    const services = serviceNames(mesh);
    const { clusterDomain } = mesh.environment;
    for (const { part, written, host } of destinationsIn(object, mesh)) {
      // `clusterset.local` is what services of several clusters are called together; which there are, no input shows.
      if (namespaceOfHost(host, clusterDomain) !== undefined || written.endsWith('.svc.clusterset.local')) continue;
      if (mesh.hosts.find(written, object.namespace).known !== 'no') continue;
      const foreign = /^[^.]+\.[^.]+\.svc\./.test(written);
      const meant = misreadService(written, services);
      if (meant !== undefined && !foreign) continue;
      const hints = meant === undefined ? [] : [`write \`${meant.name}.${meant.namespace}.svc.${clusterDomain}\``];
      const params = { id: titleOf(object), verb: verbOf(part), written, foreign, domain: clusterDomain };
      report({ params, pointer: `${part.pointer}/host`, hints });
    }
  },
});
