import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { milliseconds } from './durations.ts';

/** `timeout` is for all tries together (istio.io: VirtualService reference, HTTPRetry; Envoy: RouteAction.timeout). */
export const triesFitIntoTimeout = defineObjectRule<{ id: string; attempts: number; perTry: string; timeout: string; started: number }>({
  code: 'MS5916',
  name: 'tries-fit-into-timeout',
  severity: 'warning',
  summary: ({ id, attempts, perTry, timeout, started }) =>
    started <= 1
      ? `one try of a route of ${id} may take ${perTry}, but all tries together only ${timeout}`
      : `of ${attempts + 1} tries of ${perTry} of a route of ${id} only ${started} begin within its \`timeout: ${timeout}\``,
  why: 'The timeout covers the first try and all retries; when it is over, no further try is made.',
  fix: 'Raise `timeout` above `perTryTimeout` times all tries, or lower `perTryTimeout` or `attempts`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      const { attempts, perTryTimeout } = objectOr(route.retries);
      const [limit, perTry] = [milliseconds(route.timeout), milliseconds(perTryTimeout)];
      if (typeof attempts !== 'number' || attempts < 1 || limit === undefined || perTry === undefined || perTry === 0) continue;
      // A try begins while there is time left: the last one after `attempts` tries that used up theirs.
      if (attempts * perTry < limit) continue;
      const params = { id: titleOf(object), attempts, perTry: String(perTryTimeout), timeout: String(route.timeout) };
      report({ params: { ...params, started: Math.ceil(limit / perTry) }, pointer: `${pointer}/retries/perTryTimeout` });
    }
  },
});
