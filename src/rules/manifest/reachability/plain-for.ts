import { qualifiedGateway } from '../../../istio/host.ts';
import { type JsonObject, listOr } from '../../../model/json.ts';
import type { MeshRequest } from '../../../model/routing.ts';
import { plainRequest } from '../../../requests/request.ts';

/** A plain request for the first host of a VirtualService, through the first of its gateways. */
export function plainFor({ hosts, gateways }: JsonObject, namespace: string): MeshRequest {
  const [host = plainRequest.host] = listOr(hosts).map(String);
  const names = listOr(gateways).map(String);
  const [gateway] = names.includes('mesh') ? [] : names;
  return {
    ...plainRequest,
    host: host === '*' ? 'example.com' : host.replace(/^\*\.?/, 'any.'),
    source: { ...plainRequest.source, namespace },
    ...(gateway === undefined ? {} : { gateway: qualifiedGateway(gateway, namespace) }),
  };
}
