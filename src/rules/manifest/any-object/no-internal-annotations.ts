import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

const internal = ['internal.istio.io/webhook-always-reject', 'internal.istio.io/parent-namespace', 'internal.istio.io/parents'];

/** Annotations by which istiod marks what it makes itself are not for others to set (Istio: validation.go validateMetadata). */
export const noInternalAnnotations = defineMeshRule<{ id: string; annotation: string }>({
  code: 'MS5016',
  name: 'no-internal-annotations',
  severity: 'error',
  summary: ({ id, annotation }) => `${id} has the annotation \`${annotation}\`, which only Istio itself may set`,
  why: 'Istio rejects the object: istiod marks so what it makes itself, and trusts it further than what others write.',
  fix: "Remove the annotation; it comes along when istiod's own objects are copied.",
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    for (const object of mesh.objects) {
      const annotations = objectOr(objectOr(object.manifest.body.metadata).annotations);
      for (const annotation of internal) {
        if (!Object.hasOwn(annotations, annotation)) continue;
        const place = { pointer: joinPointer('/metadata/annotations', annotation), within: 'body', part: 'key' } as const;
        report(object, { params: { id: titleOf(object), annotation }, ...place });
      }
    }
  },
});
