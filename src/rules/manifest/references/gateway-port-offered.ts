import type { Cluster } from '../../../mesh/cluster.ts';
import { objectGateway } from '../../../mesh/known-gateways.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import type { Workload } from '../../../mesh/workloads.ts';
import { isObject, listOr, objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';

/**
 * A port that a Gateway opens is reached through a Service of its pods, by the Service's port or by the pods' own (Istio:
 * analyzers/gateway/gateway.go, which overlooks Service ports that do not write `protocol: TCP`, the default, and named target ports).
 */
export const gatewayPortOffered = defineObjectInMeshRule<{ id: string; port: number; offered: string }>({
  code: 'MS5719',
  name: 'gateway-port-offered',
  severity: 'warning',
  alias: 'IST0162',
  summary: ({ id, port, offered }) => `${id} listens on port ${port}, but ${offered}`,
  why: 'The proxy listens, and nobody can reach it there: connections from outside come through the Service.',
  fix: "Use a port of the gateway's Service, or add this one to it.",
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report, mesh) {
    const pods = mesh.gateways.podsOf(objectGateway(object));
    if (pods.length === 0 || !pods.every(({ namespace }) => mesh.cluster.knows('services', namespace))) return;
    for (const [i, server] of listOr(object.spec.servers).entries()) {
      const { port, bind } = objectOr(server);
      const number = isObject(port) ? port.number : undefined;
      if (typeof number !== 'number' || number === 0 || bind !== undefined) continue;
      if (pods.some((pod) => offers(mesh.cluster, pod, number))) continue;
      report({
        params: { id: titleOf(object), port: number, offered: offerWords(mesh.cluster, pods) },
        pointer: `/servers/${i}/port/number`,
      });
    }
  },
});

function offers(cluster: Cluster, pod: Workload, number: number): boolean {
  if (pod.onHost || pod.ports.some(({ hostPort }) => hostPort === number)) return true;
  return cluster.servicesOf(pod).some(({ ports }) =>
    ports.some((port) => {
      if (port.protocol === 'udp') return false;
      if (port.number === number || port.targetPort === number) return true;
      // The name of a port that the template does not show may stand for any number.
      const named = typeof port.targetPort === 'string' && !/^\d+$/.test(port.targetPort);
      const container = named ? pod.ports.find(({ name }) => name === port.targetPort) : undefined;
      return named && (container === undefined || container.number === number);
    }),
  );
}

function offerWords(cluster: Cluster, pods: readonly Workload[]): string {
  const services = [...new Set(pods.flatMap((pod) => cluster.servicesOf(pod)))];
  if (services.length === 0)
    return `no Service leads to its pods (${listWords(pods.slice(0, 3).map(({ namespace, name }) => `${namespace}/${name}`))})`;
  const words = services
    .slice(0, 3)
    .map(({ namespace, name, ports }) => `${namespace}/${name} offers ${listWords(ports.map((port) => String(port.number)))}`);
  return `of its pods' Services ${listWords(words)}`;
}
