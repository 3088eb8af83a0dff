import { traced } from '../model/origin.ts';
import { type Kind, metadataView } from './kind.ts';

/** networking.istio.io Sidecar: istio.io/latest/docs/reference/config/networking/sidecar */
export const sidecar: Kind = {
  kind: 'Sidecar',
  template: 'sidecar',
  views: (intent, environment) =>
    intent.sidecars.map((object) => ({
      ...metadataView('Sidecar', object, environment),
      workloadSelector: traced({ labels: object.workloadSelector.value }, object.workloadSelector.origin),
      egress: [{ port: undefined, hosts: object.egressHosts }],
      outboundTrafficPolicy: undefined,
    })),
};
