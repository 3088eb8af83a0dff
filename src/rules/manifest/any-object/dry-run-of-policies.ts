import { istioKinds } from '../../../mesh/istio-kinds.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

const dryRun = 'istio.io/dry-run';
/** What Go's strconv.ParseBool reads. */
const truths = ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'];

/** Only an AuthorizationPolicy that allows or denies can be tried without effect (Istio: validation.go checkDryRunAnnotation). */
export const dryRunOfPolicies = defineMeshRule<{ id: string; problem: string }>({
  code: 'MS5015',
  name: 'dry-run-of-policies',
  severity: 'error',
  summary: ({ id, problem }) => `${id} has the annotation \`${dryRun}\`, ${problem}`,
  why: 'Istio rejects the object.',
  fix: 'Write "true" or "false" on an AuthorizationPolicy with the action ALLOW or DENY, and remove the annotation from everything else.',
  since: '0.1.0',
  reads: istioKinds,
  meshes: { from: 10 },
  check(mesh, report) {
    for (const object of mesh.objects) {
      const value = objectOr(objectOr(object.manifest.body.metadata).annotations)[dryRun];
      const problem = typeof value === 'string' ? problemOf(object, value) : undefined;
      if (problem === undefined) continue;
      report(object, { params: { id: titleOf(object), problem }, pointer: joinPointer('/metadata/annotations', dryRun), within: 'body' });
    }
  },
});

function problemOf({ kind, spec }: MeshObject, value: string): string | undefined {
  if (kind !== 'AuthorizationPolicy') return 'which is for AuthorizationPolicies';
  const { action = 'ALLOW' } = spec;
  if (action !== 'ALLOW' && action !== 'DENY') return `which is not for the action ${String(action)}`;
  return truths.includes(value) ? undefined : `but \`${value}\` is neither true nor false`;
}
