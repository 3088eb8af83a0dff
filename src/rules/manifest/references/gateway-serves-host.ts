import { type ServedHosts, servedHosts } from '../../../istio/served-hosts.ts';
import type { KnownGateway } from '../../../mesh/known-gateways.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { gatewayReferences } from './gateway-references.ts';

/**
 * Each gateway of a VirtualService serves one of its hosts (Istio: analyzers/virtualservice/gateways.go vsHostInGateway), and, where it is
 * bound to gateways alone, each host is served by one of them: Istio's analyzer is content with any one host. Server hosts may be kept for
 * the VirtualServices of one namespace. Nothing is said of a gateway that is not known.
 */
export const gatewayServesHost = defineObjectInMeshRule<{ id: string; what: string; gateways: string; served: string }>({
  code: 'MS5716',
  name: 'gateway-serves-host',
  severity: 'warning',
  alias: 'IST0132',
  summary: ({ id, what, gateways, served }) =>
    `${what} of ${id} is served by ${gateways}${served === '' ? '' : `, which serves ${served}`}`,
  why: 'A gateway answers for the hosts of its servers alone; requests for another host never come to the route: 404.',
  fix: "Add the host to a server of the Gateway, or take it out of the VirtualService. A server's `namespace/host` is for VirtualServices of that namespace only.",
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const hosts = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace));
    const bound = boundOf(mesh, object);
    const serving = bound.filter(
      ({ gateway }) => gateway !== undefined && hosts.some((host) => served(gateway, object.namespace).meets(host)),
    );
    for (const { gateway, pointer } of bound) {
      if (gateway === undefined || serving.some((one) => one.gateway === gateway) || hosts.length === 0) continue;
      const names = hostWords(served(gateway, object.namespace).hosts);
      report({ params: { id: titleOf(object), what: 'no host', gateways: gateway.id, served: names }, pointer });
    }
    const only = bound.every(({ gateway }) => gateway !== undefined) && !listOr(object.spec.gateways).includes('mesh');
    if (!only || serving.length === 0) return;
    for (const [i, host] of hosts.entries()) {
      if (bound.some(({ gateway }) => gateway !== undefined && served(gateway, object.namespace).meets(host))) continue;
      const gateways = `none of its gateways (${listWords(bound.map(({ gateway }) => gateway?.id ?? ''))})`;
      report({ params: { id: titleOf(object), what: `the host \`${host}\``, gateways, served: '' }, pointer: `/hosts/${i}` });
    }
  },
});

interface Bound {
  readonly pointer: string;
  /** Undefined for one that is not known, or whose servers nobody wrote. */
  readonly gateway: KnownGateway | undefined;
}

function boundOf(mesh: Mesh, object: MeshObject): readonly Bound[] {
  return gatewayReferences(object)
    .filter((reference) => reference.in === 'gateways')
    .map(({ written, pointer }) => {
      const answer = mesh.gateways.find(written, object.namespace);
      return { pointer, gateway: answer.known === 'yes' && answer.gateway.servers !== undefined ? answer.gateway : undefined };
    });
}

/** What a gateway serves to VirtualServices of a namespace, asked for once each. */
function served(gateway: KnownGateway, namespace: string): ServedHosts {
  const known = servedBy(gateway);
  const forAll = known.get('*');
  if (forAll !== undefined) return forAll;
  const written = (gateway.servers ?? []).flatMap(({ hosts }) => hosts);
  const isForAll = written.every((host) => !host.includes('/') || host.startsWith('*/'));
  const hosts = known.get(namespace) ?? servedHosts(written.flatMap((host) => hostFor(host, gateway, namespace)));
  known.set(isForAll ? '*' : namespace, hosts);
  return hosts;
}

/** By namespace; under '*' where it is the same for all. */
const servedBy = rememberedFor((_gateway: KnownGateway) => new Map<string, ServedHosts>());

function hostFor(host: string, gateway: KnownGateway, namespace: string): readonly string[] {
  const slash = host.indexOf('/');
  const admitted = slash < 0 ? '*' : host.slice(0, slash);
  return admitted === '*' || (admitted === '.' ? gateway.namespace : admitted) === namespace ? [host.slice(slash + 1)] : [];
}

function hostWords(hosts: readonly string[]): string {
  if (hosts.length === 0) return 'no host to its namespace';
  const shown = hosts.slice(0, 3).map((host) => `\`${host}\``);
  return hosts.length > 3 ? `${shown.join(', ')} and ${hosts.length - 3} more` : listWords(shown);
}
