import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, objectOr } from '../../../model/json.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { isQualifiedName } from './qualified-name.ts';

const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Labels of an object have qualified names and short values of text (Kubernetes: apimachinery pkg/apis/meta/v1/validation ValidateLabels). */
export const wellFormedLabels = defineMeshRule<{ id: string; problem: string }>({
  code: 'MS5011',
  name: 'well-formed-labels',
  severity: 'error',
  summary: ({ id, problem }) => `in the labels of ${id}, ${problem}`,
  why: 'Kubernetes refuses the object.',
  fix: "Write text of at most 63 letters, digits and `-_.` between letters or digits; quote what YAML reads as a number or as true and false. A label's name may have a DNS name in lower case and `/` before it.",
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    for (const object of mesh.objects) {
      const { labels = null } = objectOr(object.manifest.body.metadata);
      const say = (problem: string, pointer: string, part?: 'key') =>
        report(object, { params: { id: titleOf(object), problem }, pointer, within: 'body', ...(part === undefined ? {} : { part }) });
      if (!isObject(labels)) {
        if (labels !== null) say('there is no map', '/metadata/labels');
        continue;
      }
      for (const [key, value] of Object.entries(labels)) {
        const pointer = joinPointer('/metadata/labels', key);
        if (!isQualifiedName(key)) say(`\`${key}\` is no name of a label`, pointer, 'key');
        const wrong = wrongValue(value);
        if (wrong !== undefined) say(`\`${key}\` ${wrong}`, pointer);
      }
    }
  },
});

function wrongValue(value: Json): string | undefined {
  // Kubernetes reads null as no text.
  if (value === null) return undefined;
  if (typeof value !== 'string') return `is ${JSON.stringify(value)}, which is no text`;
  return labelValue.test(value) ? undefined : `has the value \`${value}\`, which no label can have`;
}
