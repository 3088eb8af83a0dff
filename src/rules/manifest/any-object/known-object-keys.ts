import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { didYouMean } from '../../../model/names.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

const known = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** An object has no keys of its own beside `spec` (Istio: istioctl pkg/validate checkFields; the webhook has the same list). */
export const knownObjectKeys = defineMeshRule<{ id: string; key: string }>({
  code: 'MS5013',
  name: 'known-object-keys',
  severity: 'error',
  summary: ({ id, key }) => `${id} has a key \`${key}\` beside \`spec\``,
  why: 'Istio refuses an object with other keys than apiVersion, kind, metadata, spec and status; what stands there would not be read.',
  fix: 'Move it under `spec:` or `metadata:`; often its indentation is all that is missing.',
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    for (const object of mesh.objects) {
      for (const key of Object.keys(object.manifest.body)) {
        if (known.includes(key)) continue;
        const place = { pointer: joinPointer('', key), within: 'body', part: 'key' } as const;
        report(object, { params: { id: titleOf(object), key }, ...place, hints: didYouMean(key, known) });
      }
    }
  },
});
