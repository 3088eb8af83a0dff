import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Ports are set apart for selected workloads only (Istio: validation.go ValidatePeerAuthentication, and the CRD). */
export const portsOfSelectedWorkloads = defineObjectRule<{ id: string }>({
  code: 'MS5650',
  name: 'ports-of-selected-workloads',
  severity: 'error',
  summary: ({ id }) => `${id} sets mutual TLS by port without selecting workloads`,
  why: 'Ports are those of workloads; Istio rejects `portLevelMtls` in a policy for a whole namespace or mesh.',
  fix: 'Select the workloads: `selector: {matchLabels: {app: …}}`.',
  since: '0.1.0',
  reads: ['PeerAuthentication'],
  check(object, report) {
    const { selector, portLevelMtls } = object.spec;
    if (!isObject(portLevelMtls) || Object.keys(objectOr(objectOr(selector).matchLabels)).length > 0) return;
    report({ params: { id: titleOf(object) }, pointer: '/portLevelMtls', part: 'key' });
  },
});
