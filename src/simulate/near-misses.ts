import { hostWithin } from '../istio/host.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { audienceOf, isSeenFrom } from '../mesh/visibility.ts';
import { listOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { DecisionStep, MeshRequest, RouteDecision } from '../model/routing.ts';
import { calledHost, namesFor } from './mesh-hosts.ts';
import type { Sources } from './sources.ts';

/**
 * VirtualServices that somebody may think decide a request and that had no say, each with why: bound elsewhere, kept from the caller, or
 * for a host that only looks the same. For stories; it looks at every VirtualService.
 */
export function nearMisses(
  request: MeshRequest,
  { steps, route, undefinedOrder }: RouteDecision,
  sources: Sources,
): readonly DecisionStep[] {
  const isRouted = steps.some(({ about, took }) => about === 'virtual-service' && took) && route !== undefined;
  const told = new Set([
    ...steps.flatMap(({ place }) => (place === undefined ? [] : [place.manifest])),
    route?.manifest,
    ...(undefinedOrder ?? []),
  ]);
  return sources.mesh.shown('VirtualService').flatMap((object): readonly DecisionStep[] => {
    const manifest = titleOf(object);
    const says = told.has(manifest) ? undefined : missedBy(object, request, isRouted, sources);
    return says === undefined ? [] : [{ about: 'near-miss', says, took: false, place: { manifest, pointer: '' } }];
  });
}

function missedBy(object: MeshObject, request: MeshRequest, isRouted: boolean, sources: Sources): string | undefined {
  const { mesh } = sources;
  const written = listOr(object.spec.hosts).map(String);
  const { clusterDomain } = mesh.environment;
  const found = calledHost(request.host, request.source.namespace, mesh, () => true)?.host.toLowerCase();
  const named =
    request.gateway === undefined && found !== undefined ? [found] : namesFor(request.host, request.source.namespace, clusterDomain);
  const called = request.gateway === undefined ? named : [request.host.toLowerCase()];
  const hosts = written.map((host) => ({ host, full: mesh.hosts.qualified(host, object.namespace).toLowerCase() }));
  const meets = hosts.find(({ full }) => full !== '*' && called.some((name) => hostWithin(name, full)));
  if (meets === undefined) return lookalike(hosts, object, request);
  const bound = listOr(object.spec.gateways).map(String);
  const here = request.gateway ?? 'mesh';
  const names = bound.length === 0 ? ['mesh'] : bound;
  if (!names.some((name) => name === here || (name !== 'mesh' && here.endsWith(`/${name.split('/').at(-1)}`))))
    return `also for ${meets.host}, but bound to ${listWords(names)} and not to ${here}`;
  const audience = audienceOf(listOr(object.spec.exportTo).map(String), object.namespace, mesh.environment.mesh.exportTo);
  if (request.gateway === undefined && !isSeenFrom(audience, request.source.namespace))
    return `also for ${meets.host}, but not exported to ${request.source.namespace}`;
  return request.gateway === undefined && isRouted ? `also for ${meets.host}, but another one goes before it` : undefined;
}

/** 'reviews.bookinfo' with a dot is taken literally; a short name means the rule's own namespace. */
function lookalike(
  hosts: readonly { readonly host: string; readonly full: string }[],
  { namespace }: MeshObject,
  request: MeshRequest,
): string | undefined {
  if (request.gateway !== undefined) return undefined;
  const [first] = request.host.toLowerCase().split('.');
  const found = hosts.find(({ host }) => host.toLowerCase().split('.')[0] === first && !host.startsWith('*'));
  if (found === undefined || /^\d/.test(found.host)) return undefined;
  return found.host.includes('.')
    ? `its host ${found.host} is another one: a name with a dot is taken as it is written`
    : `its host ${found.host} means ${found.full}, because short names belong to the namespace of the object, here ${namespace}`;
}
