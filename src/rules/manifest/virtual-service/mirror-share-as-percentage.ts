import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** `mirrorPercent` is deprecated (Istio: virtualservice.go validateHTTPRoute, which warns from 1.8). */
export const mirrorShareAsPercentage = defineObjectRule<{ id: string; key: string }>({
  code: 'MS5115',
  name: 'mirror-share-as-percentage',
  severity: 'warning',
  summary: ({ id, key }) => `a route of ${id} has the deprecated \`${key}\``,
  why: 'Istio still reads it, unless `mirrorPercentage` is there, but warns of it: it knows no fractions.',
  fix: 'Write `mirrorPercentage: {value: …}`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 8 },
  check(object, report) {
    // As written: in `spec` it is a mirrorPercentage already.
    for (const [i, route] of listOr(objectOr(object.manifest.body.spec).http).entries()) {
      for (const key of ['mirrorPercent', 'mirror_percent']) {
        if (Object.hasOwn(objectOr(route), key))
          report({ params: { id: titleOf(object), key }, pointer: `/http/${i}/${key}`, part: 'key' });
      }
    }
  },
});
