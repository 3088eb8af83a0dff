import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { didYouMean } from '../../../model/names.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/** Those that people write come first. */
const known = [
  'name',
  'namespace',
  'labels',
  'annotations',
  'generateName',
  'ownerReferences',
  'finalizers',
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** `metadata` has the keys of Kubernetes (apimachinery pkg/apis/meta/v1 ObjectMeta). */
export const knownMetadataKeys = defineMeshRule<{ id: string; key: string }>({
  code: 'MS5014',
  name: 'known-metadata-keys',
  severity: 'warning',
  summary: ({ id, key }) => `the metadata of ${id} has no key \`${key}\``,
  why: 'Kubernetes drops a key that it does not know, or refuses the object, depending on who applies it.',
  fix: 'Correct the spelling, or move it to `labels`, `annotations` or `spec`.',
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    for (const object of mesh.objects) {
      for (const key of Object.keys(objectOr(object.manifest.body.metadata))) {
        if (known.includes(key)) continue;
        const place = { pointer: joinPointer('/metadata', key), within: 'body', part: 'key' } as const;
        report(object, { params: { id: titleOf(object), key }, ...place, hints: didYouMean(key, known) });
      }
    }
  },
});
