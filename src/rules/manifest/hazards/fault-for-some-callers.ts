import { matchesOf, type RoutePart } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { type Fault, faultsOf } from './faults.ts';

/** A fault is for testers: one that everybody gets is an outage that looks like the service's own (istio.io: tasks/traffic-management/fault-injection). */
export const faultForSomeCallers = defineObjectRule<{ id: string; fault: string }>({
  code: 'MS5901',
  name: 'fault-for-some-callers',
  severity: 'warning',
  summary: ({ id, fault }) => `${id} ${fault}, whoever asks`,
  why: "The route has no match by header, parameter or caller, so the fault is everyone's; forgotten after a test, it is an outage.",
  fix: 'Remove it, or give it to testers by a route before this one with `match: [{headers: {end-user: {exact: jason}}}]`; in an intent: by a `fault` on a pin.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const fault of faultsOf(object.spec)) {
      const { percent = 0, route, pointer } = fault;
      if (percent > 0 && takesAnyone(route))
        report({ params: { id: titleOf(object), fault: described(fault, percent) }, pointer, part: 'key' });
    }
  },
});

function described({ kind, words }: Fault, percent: number): string {
  const share = `${Number(percent.toFixed(4))} % of requests`;
  const answer = words.httpStatus ?? words.grpcStatus;
  return kind === 'abort' ? `answers ${share} with ${String(answer)} itself` : `delays ${share} by ${String(words.fixedDelay)}`;
}

function takesAnyone(route: RoutePart): boolean {
  const matches = matchesOf(route);
  return matches.length === 0 || matches.some(({ match }) => !asksWho(match));
}

/** `withoutHeaders` leaves nearly everyone in. */
function asksWho(match: JsonObject): boolean {
  const asked = ['headers', 'queryParams', 'sourceLabels'].some((key) => Object.keys(objectOr(match[key])).length > 0);
  return asked || typeof match.sourceNamespace === 'string';
}
