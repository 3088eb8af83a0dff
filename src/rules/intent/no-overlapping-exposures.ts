import { intersectMatch } from '../../istio/intersect-match.ts';
import { isObject, type JsonObject } from '../../model/json.ts';
import type { ResolvedIntent } from '../../model/resolved.ts';
import { type Listening, listeningOnGateways } from '../gateway-listeners.ts';
import { createMatchIndex } from '../match-index.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/**
 * Two VirtualServices on one virtual host of a gateway are appended in the order of their creation (Istio: gateway.go,
 * VirtualServicesForGateway), which git does not know. So no request may be taken by both. An exact host beside a wildcard is
 * another virtual host, which goes first whatever the order.
 */
export const noOverlappingExposures = defineRule({
  code: 'MS3004',
  name: 'no-overlapping-exposures',
  severity: 'error',
  summary: ({ gateway, first, second, request }: { gateway: string; first: string; second: string; request: string }) =>
    `on the gateway ${gateway} both ${first} and ${second} take ${request}`,
  why: 'Istio tries the routes of several VirtualServices on one host in the order of their creation, so who answers would depend on which was applied first.',
  fix: 'Give each service its own host or paths, or list the services in order under `hosts:` of the gateway.',
  since: '0.1.0',
  check({ environment, resolved }: IntentSubject, report) {
    const reported = new Set<object>();
    for (const { gateway, name, bound } of listeningOnGateways(resolved, environment.namespace)) {
      for (const { first, second, request } of meetings(bound, name)) {
        if (reported.has(second.routes)) continue;
        reported.add(second.routes);
        const at = second.routes.gateways[0]?.origin.at ?? second.intent.owner.origin.at;
        report({ params: { gateway, first: title(first), second: title(second), request }, at, related: otherPlace(first) });
      }
    }
  },
});

interface Meeting {
  readonly first: Listening;
  readonly second: Listening;
  readonly request: string;
}

/** The first VirtualService that each one meets. */
function meetings(bound: readonly Listening[], name: string): readonly Meeting[] {
  const index = createMatchIndex<Listening>();
  return bound.flatMap((second) => {
    const met = firstMeeting(index.candidates, second, name);
    for (const match of second.alternatives) index.add(match, second);
    return met === undefined ? [] : [met];
  });
}

function firstMeeting(
  candidates: (match: JsonObject) => Iterable<readonly [JsonObject, Listening]>,
  second: Listening,
  name: string,
): Meeting | undefined {
  for (const match of second.alternatives) {
    for (const [other, first] of candidates(match)) {
      if (first.routes === second.routes) continue;
      const both = intersectMatch(other, match);
      // Patterns that can't be decided count as able to meet.
      if (both.kind !== 'impossible') return { first, second, request: second.ask?.(name) ?? request(name, both, match) };
    }
  }
  return undefined;
}

function request(host: string, both: ReturnType<typeof intersectMatch>, otherwise: JsonObject): string {
  const match = both.kind === 'match' ? both.match : otherwise;
  return `${method(match)} ${host.replace(/^\*\.?/, 'any.')}${path(match)}`;
}

function method(match: JsonObject): string {
  return isObject(match.method) && typeof match.method.exact === 'string' ? match.method.exact : 'GET';
}

function path(match: JsonObject): string {
  if (!isObject(match.uri)) return '/';
  return String(match.uri.exact ?? match.uri.prefix ?? `/ (matching ${String(match.uri.regex)})`);
}

function title({ intent }: Listening): string {
  return intent.intent.name;
}

function otherPlace({ intent }: { readonly intent: ResolvedIntent }) {
  const { at } = intent.owner.origin;
  return at === undefined ? [] : [{ message: 'the other service', at }];
}
