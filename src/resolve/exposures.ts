import { originOf } from '../model/intent.ts';
import type { Origin, Traced } from '../model/origin.ts';
import type { ExposureWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { claimPinsApart, exposureHostServed, joinedPort } from './exposure-diagnostics.ts';
import { type GatewayTarget, gatewayReference } from './gateway-target.ts';
import { namedGateway } from './gateways.ts';
import { remembersUsers } from './route-draft.ts';
import { draftsReadClaims, routesOf } from './routes.ts';
import type { ServiceTarget } from './service.ts';
import { stickyExposedApart } from './share-diagnostics.ts';

/** One entry of `expose`, its gateway found. */
export interface Exposure {
  readonly words: ExposureWords;
  readonly pointer: string;
  readonly gateway: GatewayTarget;
  readonly origin: Origin;
  /** Shares the mesh's VirtualService instead of having one of its own. */
  readonly joined: boolean;
  /** The gateway's own host list names this service: its routes become delegates there. */
  readonly shared: boolean;
}

const ownWords = ['hosts', 'match', 'server', 'port', 'routes', 'name'] as const;

export function exposuresOf(context: ResolveContext, target: ServiceTarget): readonly Exposure[] {
  return (target.words.expose ?? []).flatMap((words, index) => {
    const pointer = `/expose/${index}`;
    const gateway = namedGateway(context, target, words.gateway, `${pointer}/gateway`);
    if (gateway === undefined) return [];
    const said = ownWords.some((word) => words[word] !== undefined);
    const shared = words.hosts === undefined && context.shares(gateway.intent, target.intent);
    const layer = target.ports.length === 1 ? target.ports[0]?.layer : 'http';
    const joined = !said && !shared && layer === 'http' && gateway.servers.every((server) => server.layer === 'http');
    return [{ words, pointer, gateway, origin: originOf(target.intent, `${pointer}/gateway`), joined, shared }];
  });
}

/** The gateways that join the mesh's VirtualService; what that form can't carry is reported. */
export function joinedGateways(context: ResolveContext, target: ServiceTarget, exposures: readonly Exposure[]): readonly Traced<string>[] {
  const joined = exposures.filter((exposure) => exposure.joined);
  const { name } = target.intent;
  for (const { origin, gateway } of joined) {
    if (target.ports.length > 1) context.report(joinedPort, { params: { name }, at: origin.at });
    const here = routesOf(context, target, 'gateway');
    const remembering = here.filter(remembersUsers).length;
    // In the mesh none are remembered that are not at gateways.
    if (remembering > 0 && routesOf(context, target, 'mesh').filter(remembersUsers).length < remembering)
      context.report(stickyExposedApart, { params: { name }, at: origin.at });
    if (draftsReadClaims(here)) context.report(claimPinsApart, { params: { name }, at: origin.at });
    const { served } = gateway.through('http', target.namespace);
    // The mesh's VirtualService lists the internal name alone, which Istio reads fully qualified.
    if (gateway.servers.length > 0 && !served.meets(target.fqdn) && !served.meets(target.host.value)) {
      const params = { host: target.fqdn, gateway: gateway.name, served: served.hosts };
      const hints = [`write \`expose: [{gateway: ${gateway.name}, hosts: [${served.hosts[0] ?? '…'}]}]\``];
      context.report(exposureHostServed, { params, at: origin.at, hints });
    }
  }
  return joined.map(({ gateway, origin }) => gatewayReference(gateway, target.namespace, origin));
}
