import type { Environment } from '../../model/environment.ts';
import type { ResolvedIntent } from '../../model/resolved.ts';
import type { MeshRequest } from '../../model/routing.ts';
import { type ConditionIndex, createConditionIndex } from '../../requests/condition-index.ts';
import { findRequest } from '../../requests/find-request.ts';
import { httpCondition } from '../../requests/http-condition.ts';
import type { Condition } from '../../requests/literal.ts';
import { gatewaysLiteral } from '../../requests/proxy-literals.ts';
import { describeRequest, plainRequest } from '../../requests/request.ts';
import { type GatewayPlace, type Listening, listeningOnGateways } from '../gateway-listeners.ts';
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
    for (const place of listeningOnGateways(resolved, environment.namespace)) {
      for (const { first, second, request } of meetings(place, environment)) {
        if (reported.has(second.routes)) continue;
        reported.add(second.routes);
        const at = second.routes.gateways[0]?.origin.at ?? second.intent.owner.origin.at;
        report({ params: { gateway: place.gateway, first: title(first), second: title(second), request }, at, related: otherPlace(first) });
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
function meetings({ gateway, name, bound }: GatewayPlace, { istio, namespace }: Environment): readonly Meeting[] {
  const index = createConditionIndex<Listening>();
  const here = gatewaysLiteral([gateway], undefined);
  const plain: MeshRequest = { ...plainRequest, host: name.replace(/^\*\.?/, 'any.'), gateway };
  return bound.flatMap((second) => {
    const reading = { minor: istio.minor, namespace: second.routes.namespace?.value ?? namespace };
    const conditions = second.alternatives.map((match) => [...here, ...httpCondition(match, reading)]);
    const met = firstMeeting(conditions, second, index, plain);
    for (const condition of conditions) index.add(condition, second);
    if (met === undefined) return [];
    return [{ first: met.first, second, request: second.ask?.(name) ?? met.request }];
  });
}

function firstMeeting(
  conditions: readonly Condition[],
  second: Listening,
  index: ConditionIndex<Listening>,
  plain: MeshRequest,
): { readonly first: Listening; readonly request: string } | undefined {
  for (const condition of conditions) {
    for (const { condition: other, owner: first } of index.candidates(condition)) {
      if (first.routes === second.routes) continue;
      const both = findRequest([...other, ...condition], { plain });
      if (both.kind === 'found') return { first, request: requestWords(both.request, plain) };
      // Patterns that can't be decided count as able to meet.
      if (both.kind === 'undecided') return { first, request: `requests to ${plain.host}` };
    }
  }
  return undefined;
}

/** 'GET shop.example.com/reviews': with the host, since it is what both are exposed on. */
function requestWords(request: MeshRequest, plain: MeshRequest): string {
  return describeRequest(request, plain).replace(' /', ` ${plain.host}/`);
}

function title({ intent }: Listening): string {
  return intent.intent.name;
}

function otherPlace({ intent }: { readonly intent: ResolvedIntent }) {
  const { at } = intent.owner.origin;
  return at === undefined ? [] : [{ message: 'the other service', at }];
}
