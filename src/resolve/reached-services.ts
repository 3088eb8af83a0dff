import { qualifiedHost } from '../istio/host.ts';
import type { Intent } from '../model/intent.ts';
import { listOr, objectOr } from '../model/json.ts';
import type { ResolveContext } from './context.ts';
import type { RouteDraft } from './route-draft.ts';
import { routesOf } from './routes.ts';
import type { ServiceTarget } from './service.ts';

/**
 * For each service, the others whose routes (or mirrors) lead to it. A request is routed where it is sent off, so such a service
 * is called by the callers of the other one, under their own identity.
 */
export function servicesInFront(context: ResolveContext): ReadonlyMap<Intent, readonly ServiceTarget[]> {
  const inFront = new Map<Intent, ServiceTarget[]>();
  for (const intent of context.index.all) {
    if (intent.kind !== 'service') continue;
    const front = context.service(intent);
    for (const reached of reachedFrom(context, front)) {
      const known = inFront.get(reached);
      if (known === undefined) inFront.set(reached, [front]);
      else known.push(front);
    }
  }
  return inFront;
}

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
