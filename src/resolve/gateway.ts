import { type Intent, originOf } from '../model/intent.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { byDefault, traced } from '../model/origin.ts';
import type { ResolvedGateway, ResolvedServer } from '../model/resolved.ts';
import { gatewayWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { gatewayHasServers, qualifiedGatewayExists, uniqueServerPortName } from './exposure-diagnostics.ts';
import { namedOr, objectName } from './object-name.ts';

/** The Gateway object; undefined for one that exists already (`external: true`). */
export function ownGateway(context: ResolveContext, intent: Intent): ResolvedGateway | undefined {
  const words = gatewayWords(intent);
  if (words.external === true) return undefined;
  if (intent.name.includes('/')) {
    const [namespace = '', short = ''] = intent.name.split('/');
    context.report(qualifiedGatewayExists, { params: { name: intent.name, namespace, short }, at: originOf(intent, '/gateway').at });
    return undefined;
  }
  const servers = listOr(words.servers as readonly JsonObject[] | undefined).filter(isObject);
  if (servers.length === 0) context.report(gatewayHasServers, { params: { name: intent.name }, at: originOf(intent, '/gateway').at });
  reportTwinNames(context, intent, servers);
  const selector =
    words.selector === undefined
      ? traced<JsonObject>({ istio: 'ingressgateway' }, byDefault("the labels of Istio's own ingress gateway"))
      : traced(words.selector, originOf(intent, '/selector'));
  return {
    ...objectName(context, { intent }, namedOr(intent, words, 'Gateway')),
    selector,
    servers: servers.map((server, i) => serverOf(intent, server, `/servers/${i}`)),
  };
}

function serverOf(intent: Intent, server: JsonObject, pointer: string): ResolvedServer {
  const optional = (word: 'tls' | 'name' | 'bind' | 'defaultEndpoint') =>
    server[word] === undefined ? {} : { [word]: traced(server[word], originOf(intent, `${pointer}/${word}`)) };
  return {
    port: traced(objectOr(server.port), originOf(intent, `${pointer}/port`)),
    hosts: listOr(server.hosts).map((host, i) => traced(String(host), originOf(intent, `${pointer}/hosts/${i}`))),
    ...optional('tls'),
    ...optional('name'),
    ...optional('bind'),
    ...optional('defaultEndpoint'),
  };
}

function reportTwinNames(context: ResolveContext, intent: Intent, servers: readonly JsonObject[]): void {
  const first = new Map<string, number>();
  for (const [i, server] of servers.entries()) {
    const name = String(objectOr(server.port).name);
    const twin = first.get(name);
    if (twin === undefined) {
      first.set(name, i);
      continue;
    }
    const at = originOf(intent, `/servers/${twin}/port`).at;
    const related = at === undefined ? [] : [{ message: 'the other one', at }];
    context.report(uniqueServerPortName, { params: { name }, at: originOf(intent, `/servers/${i}/port`).at, related });
  }
}
