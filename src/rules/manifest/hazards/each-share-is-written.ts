import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { divisionsOf, sumOf } from './shares.ts';

/** Of several destinations one without a weight gets nothing (Istio: route.go applyHTTPRouteDestination); who writes 0 means it. */
export const eachShareIsWritten = defineObjectRule<{ id: string; host: string }>({
  code: 'MS5908',
  name: 'each-share-is-written',
  severity: 'warning',
  summary: ({ id, host }) => `a destination of ${id} to ${host} has no weight beside others that have one, so it gets nothing`,
  why: 'A missing weight is 0, not the rest: no request is sent there.',
  fix: 'Write its weight, or `weight: 0` if it is to get nothing for now.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { shares } of divisionsOf(object.spec)) {
      if (shares.length < 2 || sumOf(shares) === 0) continue;
      for (const { weight, destination, pointer } of shares) {
        const { host, subset } = destination;
        const name = subset === undefined ? String(host) : `the subset \`${String(subset)}\` of ${String(host)}`;
        if (weight === undefined) report({ params: { id: titleOf(object), host: name }, pointer: `${pointer}/destination` });
      }
    }
  },
});
