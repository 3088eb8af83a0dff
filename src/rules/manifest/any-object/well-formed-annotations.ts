import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { isQualifiedName } from './qualified-name.ts';

/** Annotations of an object have qualified names, of either case, and text as values (Kubernetes: apimachinery pkg/api/validation ValidateAnnotations). */
export const wellFormedAnnotations = defineMeshRule<{ id: string; problem: string }>({
  code: 'MS5012',
  name: 'well-formed-annotations',
  severity: 'error',
  summary: ({ id, problem }) => `in the annotations of ${id}, ${problem}`,
  why: 'Kubernetes refuses the object.',
  fix: "Quote what YAML reads as a number, as true and false, as a list or as a map. An annotation's name has at most 63 letters, digits and `-_.`, and may have a DNS name and `/` before it.",
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    for (const object of mesh.objects) {
      const { annotations = null } = objectOr(object.manifest.body.metadata);
      const say = (problem: string, pointer: string, part?: 'key') =>
        report(object, { params: { id: titleOf(object), problem }, pointer, within: 'body', ...(part === undefined ? {} : { part }) });
      if (!isObject(annotations)) {
        if (annotations !== null) say('there is no map', '/metadata/annotations');
        continue;
      }
      for (const [key, value] of Object.entries(annotations)) {
        const pointer = joinPointer('/metadata/annotations', key);
        if (!isQualifiedName(key.toLowerCase())) say(`\`${key}\` is no name of an annotation`, pointer, 'key');
        if (typeof value !== 'string' && value !== null) say(`\`${key}\` is ${JSON.stringify(value)}, which is no text`, pointer);
      }
    }
  },
});
