import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A readiness probe says what to ask: by HTTP, TCP or a command (Istio: validation.go validateReadinessProbe, which knows no `grpc`
 * although the agent does).
 */
export const probeHasACheck = defineObjectRule<{ id: string; grpc: boolean }>({
  code: 'MS5422',
  name: 'probe-has-a-check',
  severity: 'error',
  summary: ({ id, grpc }) =>
    grpc ? `the probe of ${id} asks by \`grpc\`, which Istio does not accept` : `the probe of ${id} asks nothing`,
  why: 'Istio rejects a WorkloadGroup whose probe is none of `httpGet`, `tcpSocket` and `exec`; its validation does not know `grpc`, although its agent would.',
  fix: 'Write `httpGet`, `tcpSocket` or `exec` under `probe`.',
  since: '0.1.0',
  reads: ['WorkloadGroup'],
  check(object, report) {
    const { probe } = object.spec;
    if (!isObject(probe) || ['httpGet', 'tcpSocket', 'exec'].some((key) => probe[key] !== undefined)) return;
    const grpc = probe.grpc !== undefined;
    report({ params: { id: titleOf(object), grpc }, pointer: grpc ? '/probe/grpc' : '/probe', part: 'key' });
  },
});
