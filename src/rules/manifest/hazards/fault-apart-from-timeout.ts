import { isHandWritten, titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { milliseconds } from './durations.ts';
import { faultsOf } from './faults.ts';

/**
 * The proxy that injects a fault does so before its own timeout and retries begin (istio.io: VirtualService reference, HTTPRoute `fault`;
 * istio/istio#13705). What one route says of both is meant to work together and does not.
 */
export const faultApartFromTimeout = defineObjectRule<{ id: string; fault: string; word: string }>({
  code: 'MS5902',
  name: 'fault-apart-from-timeout',
  severity: 'warning',
  summary: ({ id, fault, word }) => `on a route of ${id} the \`${word}\` does not help against its own ${fault}`,
  why: 'Envoy injects a fault before it forwards the request, and `timeout` and `retries` of the same route begin only there.',
  fix: 'Test with the `timeout` or `retries` of the caller, whose route leads here, or inject the fault in another route.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    // What an intent says of all its routes is no wish for one with a fault.
    if (!isHandWritten(object.manifest)) return;
    for (const { kind, words, percent = 0, route } of faultsOf(object.spec)) {
      const { timeout, retries } = route.route;
      const [delay, limit] = [milliseconds(words.fixedDelay), milliseconds(timeout)];
      const about = (word: string) => ({
        params: { id: titleOf(object), fault: kind, word },
        pointer: `${route.pointer}/${word}`,
        part: 'key' as const,
      });
      if (percent === 0) continue;
      if (kind === 'delay' && delay !== undefined && limit !== undefined && delay >= limit) report(about('timeout'));
      if (kind === 'abort' && Number(objectOr(retries).attempts ?? 0) > 0) report(about('retries'));
    }
  },
});
