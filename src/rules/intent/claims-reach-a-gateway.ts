import { originOf } from '../../model/intent.ts';
import { isObject, type JsonObject, listOr } from '../../model/json.ts';
import type { RoutingWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** Claims of a token are read on gateways only, so elsewhere what asks for one is left out of the routes. */
export const claimsReachAGateway = defineRule({
  code: 'MS3005',
  name: 'claims-reach-a-gateway',
  severity: 'warning',
  summary: ({ name, what }: { name: string; what: string }) => `this ${what} asks for a claim, but ${name} is exposed on no gateway`,
  why: 'Istio reads the claims of a verified token at gateways only; in the mesh such a condition is an error, so it is left out of the routes there.',
  fix: 'Expose the service on a gateway with `hosts`, or recognise users by a header that the gateway passes on.',
  since: '0.1.0',
  check({ environment, intents, resolved }: IntentSubject, report) {
    if (resolved.length === 0) return;
    const onGateway = new Set(resolved.filter(isExposed).map(({ intent }) => intent));
    for (const intent of intents) {
      if (onGateway.has(intent)) continue;
      const { pins, routes }: RoutingWords = intent.value;
      const byClaim = environment.user?.by === 'claim';
      for (const [i, pin] of (pins ?? []).entries()) {
        if ((pin.users !== undefined && byClaim) || asksForClaim(pin.match))
          report({ params: { name: intent.name, what: 'pin' }, at: originOf(intent, `/pins/${i}`).at });
      }
      for (const [i, route] of (routes ?? []).entries()) {
        if (asksForClaim(route.match)) report({ params: { name: intent.name, what: 'route' }, at: originOf(intent, `/routes/${i}`).at });
      }
    }
  },
});

function isExposed({ virtualServices }: IntentSubject['resolved'][number]): boolean {
  return virtualServices.some(({ gateways }) => gateways.some(({ value }) => value !== 'mesh'));
}

function asksForClaim(match: readonly JsonObject[] | undefined): boolean {
  return listOr(match).some(
    (one) =>
      isObject(one) &&
      [one.headers, one.withoutHeaders].some(
        (headers) => isObject(headers) && Object.keys(headers).some((name) => name.toLowerCase().startsWith('@request.auth.claims')),
      ),
  );
}
