import type { Mesh } from '../../../mesh/mesh.ts';
import type { Workload } from '../../../mesh/workloads.ts';

/** Workloads that are gateways by their labels: Istio's own charts, and all that follow them, label them `istio: …gateway`. */
export function gatewayPodsShown({ cluster }: Mesh): readonly Workload[] {
  return cluster.workloads.filter(({ labels }) => typeof labels.istio === 'string' && labels.istio.endsWith('gateway'));
}
