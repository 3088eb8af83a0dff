import { type Kind, metadataView, someOf } from './kind.ts';

/** networking.istio.io ServiceEntry: istio.io/latest/docs/reference/config/networking/service-entry */
export const serviceEntry: Kind = {
  kind: 'ServiceEntry',
  template: 'service-entry',
  views: (intent, environment) =>
    intent.serviceEntries.map((object) => ({
      ...metadataView('ServiceEntry', object, environment),
      hosts: object.hosts,
      addresses: someOf(object.addresses),
      ports: object.ports.map(({ number, name, protocol, targetPort }) => ({ number, name, protocol, targetPort })),
      location: object.location,
      resolution: object.resolution,
      endpoints: object.endpoints,
      workloadSelector: object.workloadSelector,
      exportTo: someOf(object.exportTo),
      subjectAltNames: someOf(object.subjectAltNames),
    })),
};
