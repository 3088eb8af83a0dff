import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * An abort has a status, a delay a length. Istio's warning about the first is lost (validation.go validateHTTPFaultInjection collects
 * errors alone), of the second it has none; its generator drops both (route.go TranslateFault).
 */
export const faultSaysWhatHappens = defineObjectRule<{ id: string; key: string; lacks: string }>({
  code: 'MS5121',
  name: 'fault-says-what-happens',
  severity: 'warning',
  summary: ({ id, key, lacks }) => `the \`${key}\` of a fault of ${id} has no ${lacks}`,
  why: 'Istio leaves such a fault out and does not say so: no request is touched.',
  fix: 'Write `httpStatus` for an abort and `fixedDelay` for a delay, or remove it.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      for (const { key, lacks } of idleParts(objectOr(route.fault)))
        report({ params: { id: titleOf(object), key, lacks }, pointer: `${pointer}/fault/${key}`, part: 'key' });
    }
  },
});

function idleParts({ abort, delay }: JsonObject): readonly { readonly key: string; readonly lacks: string }[] {
  const aborts = !isObject(abort) || abort.httpStatus !== undefined || abort.grpcStatus !== undefined;
  const delays = !isObject(delay) || delay.fixedDelay !== undefined;
  return [
    ...(aborts ? [] : [{ key: 'abort', lacks: '`httpStatus` or `grpcStatus`' }]),
    ...(delays ? [] : [{ key: 'delay', lacks: '`fixedDelay`' }]),
  ];
}
