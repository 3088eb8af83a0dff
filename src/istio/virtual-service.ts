import type { Json } from '../model/json.ts';
import { type Traced, traced } from '../model/origin.ts';
import type { Destination, HttpRoute, L4Route, ResolvedVirtualService } from '../model/resolved.ts';
import type { ViewObject } from '../model/view.ts';
import { routeFields } from '../model/words.ts';
import { type Kind, metadataView, someOf } from './kind.ts';

/** networking.istio.io VirtualService: istio.io/latest/docs/reference/config/networking/virtual-service */
export const virtualService: Kind = {
  kind: 'VirtualService',
  template: 'virtual-service',
  views: (intent, environment) =>
    intent.virtualServices.map((object) => ({ ...metadataView('VirtualService', object, environment), ...specView(object) })),
};

function specView({ hosts, gateways, exportTo, http, tls, tcp }: ResolvedVirtualService): ViewObject {
  return {
    hosts: someOf(hosts),
    gateways: someOf(gateways),
    exportTo: someOf(exportTo),
    http: someOf(http.map(httpView)),
    tls: someOf(tls.map(l4View)),
    tcp: someOf(tcp.map(l4View)),
  };
}

function httpView(route: HttpRoute): ViewObject {
  const { name, delegate, redirect, directResponse, destinations, fields } = route;
  return {
    name,
    match: matchView(route.match),
    delegate: delegate === undefined ? undefined : { name: delegate.name, namespace: delegate.namespace },
    redirect,
    directResponse,
    route: someOf(destinations.map(destinationView)),
    ...Object.fromEntries(routeFields.map((field) => [field, fields[field]])),
  };
}

function l4View({ match, destinations }: L4Route): ViewObject {
  return { match: matchView(match), route: someOf(destinations.map(destinationView)) };
}

function destinationView({ host, subset, port, weight, headers }: Destination): ViewObject {
  return { host, subset, port, weight, headers };
}

/** The alternatives as one value; whoever asks about one of them is led to the first's words. */
function matchView(match: readonly Traced[]): Traced | undefined {
  const [first] = match;
  return first === undefined
    ? undefined
    : traced<Json>(
        match.map(({ value }) => value),
        first.origin,
      );
}
