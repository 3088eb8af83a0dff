import { listOr, objectOr } from '../../model/json.ts';
import { manifestId } from '../../model/manifest.ts';
import { defineRule } from '../rule.ts';
import type { ManifestSubject } from '../subjects.ts';

/** A VirtualService routes something (Istio: virtualservice.go ValidateVirtualService). */
export const virtualServiceHasRoutes = defineRule({
  code: 'MS5006',
  name: 'virtual-service-has-routes',
  severity: 'error',
  summary: ({ id }: { id: string }) => `${id} has no route left`,
  why: 'Istio rejects a VirtualService without http, tls or tcp routes.',
  fix: 'Check the patch that removes the last route, or remove the hand-written object.',
  since: '0.1.0',
  check({ manifests }: ManifestSubject, report) {
    for (const manifest of manifests.filter(({ kind }) => kind === 'VirtualService')) {
      const spec = objectOr(manifest.body.spec);
      if (['http', 'tls', 'tcp'].some((list) => listOr(spec[list]).length > 0)) continue;
      report({ params: { id: manifestId(manifest) }, at: manifest.owner.origin.at });
    }
  },
});
