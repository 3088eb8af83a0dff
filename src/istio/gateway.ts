import { type Kind, metadataView } from './kind.ts';

/** networking.istio.io Gateway: istio.io/latest/docs/reference/config/networking/gateway */
export const gateway: Kind = {
  kind: 'Gateway',
  template: 'gateway',
  views: (intent, environment) =>
    intent.gateways.map((object) => ({
      ...metadataView('Gateway', object, environment),
      selector: object.selector,
      servers: object.servers.map(({ port, hosts, tls, name, bind, defaultEndpoint }) => ({
        port,
        hosts,
        tls,
        name,
        bind,
        defaultEndpoint,
      })),
    })),
};
