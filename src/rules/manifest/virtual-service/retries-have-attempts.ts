import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Conditions of retries come with a number of attempts (Istio: validation.go validateHTTPRetry, from 1.3). */
export const retriesHaveAttempts = defineObjectRule<{ id: string; keys: readonly string[]; written: boolean }>({
  code: 'MS5120',
  name: 'retries-have-attempts',
  severity: 'error',
  summary: ({ id, keys, written }) =>
    `retries of ${id} have ${listWords(keys.map((key) => `\`${key}\``))}, but ${written ? '`attempts: 0`' : 'no `attempts`'}`,
  why: 'Without a number there are no attempts: `retries: {attempts: 0}` switches retries off. Istio rejects conditions for what is switched off.',
  fix: 'Write `attempts`, or remove the conditions.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 3 },
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      const { retries } = route;
      if (!isObject(retries) || (typeof retries.attempts === 'number' && retries.attempts > 0)) continue;
      const keys = conditionsOf(retries);
      const written = retries.attempts !== undefined;
      if (keys.length === 0) continue;
      const params = { id: titleOf(object), keys, written };
      report(
        written ? { params, pointer: `${pointer}/retries/attempts` } : { params, pointer: `${pointer}/retries/${keys[0]}`, part: 'key' },
      );
    }
  },
});

/** Those that Istio asks for; `backoff` and `retryIgnorePreviousHosts` may stand alone. */
function conditionsOf({ perTryTimeout, retryOn = '', retryRemoteLocalities }: JsonObject): readonly string[] {
  return [
    ...(perTryTimeout === undefined ? [] : ['perTryTimeout']),
    ...(retryOn === '' ? [] : ['retryOn']),
    ...(retryRemoteLocalities === undefined ? [] : ['retryRemoteLocalities']),
  ];
}
