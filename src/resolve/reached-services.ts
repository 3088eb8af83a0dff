import { qualifiedHost } from '../istio/host.ts';
import type { Intent } from '../model/intent.ts';
import { listOr, objectOr } from '../model/json.ts';
import { rememberedByReads } from '../model/recorded-reads.ts';
import { type ResolveContext, type ResolveWorld, type Told, told } from './context.ts';
import type { RouteDraft } from './route-draft.ts';
import { routesOf } from './routes.ts';
import type { ServiceTarget } from './service.ts';

/**
 * The services that the routes (or mirrors) of a service lead to. A request is routed where it is sent off, so such a service is called by
 * the callers of this one, under their own identity.
 */
export const servicesReached = rememberedByReads(
  (front: Intent, world: ResolveWorld): Told<ReadonlySet<Intent>> => told(world, (context) => reachedFrom(context, context.service(front))),
);

function reachedFrom(context: ResolveContext, front: ServiceTarget): ReadonlySet<Intent> {
  const exposed = (front.words.expose ?? []).flatMap(({ routes }, i) =>
    routes === undefined ? [] : [{ routes, pointer: `/expose/${i}/routes` }],
  );
  const drafts = [undefined, ...exposed].flatMap((list) => routesOf(context, front, 'gateway', list));
  const reached = new Set(drafts.flatMap((draft) => servicesOf(context, front, draft)));
  reached.delete(front.intent);
  return reached;
}

function servicesOf(context: ResolveContext, front: ServiceTarget, { goal, fields }: RouteDraft): readonly Intent[] {
  const mirrors = [fields.mirror?.value, ...listOr(fields.mirrors?.value).map((entry) => objectOr(entry).destination)];
  const hosts = mirrors.flatMap((destination) => {
    const { host } = objectOr(destination);
    return typeof host === 'string' ? [host] : [];
  });
  if (goal.kind === 'host') hosts.push(goal.host.value);
  const { clusterDomain } = context.environment;
  const byHost = hosts.flatMap((host) => context.serviceOfHost(qualifiedHost(host, front.namespace, clusterDomain))?.intent ?? []);
  return goal.kind === 'shares' && goal.target.intent.kind === 'service' ? [goal.target.intent, ...byHost] : byHost;
}
