import { istioKinds } from '../../../mesh/istio-kinds.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`);
const namespaceName = new RegExp(`^(?=.{1,63}$)${label}$`);

interface WrongName {
  readonly word: 'name' | 'namespace';
  readonly value: string;
}

/**
 * An object's name is a DNS subdomain and its namespace a DNS label, both in lower case
 * (Kubernetes: apimachinery pkg/api/validation NameIsDNSSubdomain, ValidateNamespaceName). Istio's own predicates are wider.
 */
export const kubernetesNames = defineMeshRule<WrongName & { kind: string }>({
  code: 'MS5010',
  name: 'kubernetes-names',
  severity: 'error',
  summary: ({ kind, word, value }) => `this ${kind} can't be ${word === 'name' ? 'named' : 'in the namespace'} \`${value}\``,
  why: "Kubernetes refuses an object whose name is no DNS name in lower case, or that is in a namespace which can't exist.",
  fix: 'Write lower-case letters, digits and hyphens, with a letter or digit at both ends. A name has at most 253 characters and may have dots; a namespace has at most 63 and no dots.',
  since: '0.1.0',
  reads: istioKinds,
  check(mesh, report) {
    for (const object of mesh.objects) {
      for (const wrong of wrongNames(object)) {
        report(object, { params: { ...wrong, kind: object.kind }, pointer: `/metadata/${wrong.word}`, within: 'body' });
      }
    }
  },
});

function wrongNames({ manifest, name }: MeshObject): readonly WrongName[] {
  const { namespace = null } = objectOr(manifest.body.metadata);
  // Without a namespace, or with an empty one, whoever applies the object chooses it.
  const written =
    namespace === null || namespace === '' ? undefined : typeof namespace === 'string' ? namespace : JSON.stringify(namespace);
  return [
    ...(subdomain.test(name) ? [] : [{ word: 'name', value: name } as const]),
    ...(written === undefined || (typeof namespace === 'string' && namespaceName.test(written))
      ? []
      : [{ word: 'namespace', value: written } as const]),
  ];
}
