import { originOf } from '../model/intent.ts';
import { listWords } from '../model/names.ts';
import type { ResolveContext } from './context.ts';
import { exposureHostsKnown, knownServer, serverForPort } from './exposure-diagnostics.ts';
import type { Exposure } from './exposures.ts';
import { type ServerGroup, serverGroup } from './gateway-target.ts';
import type { Port, RouteLayer } from './ports.ts';
import type { ServiceTarget } from './service.ts';

/** Whether a server's traffic can be led to a port: SNI routing needs TLS behind it; terminated TLS may continue as what it carries. */
export function reaches(layer: RouteLayer, port: Port): boolean {
  if (layer === 'http') return port.layer === 'http' || port.layer === 'tls';
  return port.layer !== 'http';
}

/**
 * The servers, all of one layer, through which an exposure is reached; undefined after a report.
 * None for an existing gateway whose servers nobody wrote: http with hosts of its own can do without.
 */
export function serversFor(context: ResolveContext, target: ServiceTarget, exposure: Exposure, port: Port): ServerGroup | undefined {
  const { words, gateway, origin } = exposure;
  if (words.server !== undefined) return namedServers(context, target, exposure, String(words.server));
  if (gateway.servers.length === 0) {
    if (port.layer === 'http' && words.hosts !== undefined) return gateway.through('http', target.namespace);
    context.report(exposureHostsKnown, { params: { gateway: gateway.name, protocol: port.protocol }, at: origin.at });
    return undefined;
  }
  const layers = (['http', 'tls', 'tcp'] as const).filter(
    (layer) => reaches(layer, port) && gateway.through(layer, target.namespace).servers.length > 0,
  );
  // An http port behind both kinds is reached by http; anything else that fits two lists must be told apart.
  const chosen = port.layer === 'http' ? layers.find((layer) => layer === 'http') : layers.length === 1 ? layers[0] : undefined;
  if (chosen !== undefined) return gateway.through(chosen, target.namespace);
  const servers = listWords(gateway.servers.map((server) => server.portName));
  context.report(serverForPort, { params: { gateway: gateway.name, protocol: port.protocol, servers }, at: origin.at });
  return undefined;
}

/** By the port's name, or by its number: then all servers of that number, whose hosts differ. */
function namedServers(context: ResolveContext, target: ServiceTarget, exposure: Exposure, wanted: string): ServerGroup | undefined {
  const { gateway, pointer } = exposure;
  const byName = gateway.servers.filter((server) => server.portName === wanted);
  const named = byName.length > 0 ? byName : gateway.servers.filter((server) => server.number === Number(wanted));
  const [first] = named;
  if (first !== undefined)
    return serverGroup(
      named.filter((server) => server.layer === first.layer),
      target.namespace,
      gateway.namespace,
    );
  const known = gateway.servers.map((server) => `${server.portName} (${server.number})`);
  const params = { server: wanted, gateway: gateway.name, known };
  context.report(knownServer, { params, at: originOf(target.intent, `${pointer}/server`).at });
  return undefined;
}
