import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actionOf, keyOf, type Part, type RulePart, rulesOf, says } from './policy-parts.ts';

const connectionAttributes = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'ipBlocks', 'remoteIpBlocks'].flatMap(
  (key) => [key, `not${key.charAt(0).toUpperCase()}${key.slice(1)}`],
);

/**
 * A rule that denies by what only HTTP has also says on which ports (Istio: validation.go ValidateAuthorizationPolicy warns since 1.17).
 * Istio overlooks ports in `when`, and that trust domains are known of TCP connections.
 */
export const denialNamesPorts = defineObjectRule<{ id: string; rule: number }>({
  code: 'MS5613',
  name: 'denial-names-ports',
  severity: 'warning',
  summary: ({ id, rule }) => `rule ${rule + 1} of ${id} denies by what only HTTP requests have, on every port`,
  why: 'Of a TCP connection such a rule cannot tell whether it fits, so on ports that are not HTTP it denies everything that the rest of the rule fits.',
  fix: 'Name the HTTP ports: `to: [{operation: {ports: ["8080"]}}]`, beside what the operation holds already.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    if (actionOf(object.spec) !== 'DENY') return;
    for (const [rule, part] of rulesOf(object.spec).entries()) {
      if (deniesTcp(part)) report({ params: { id: titleOf(object), rule }, pointer: placeOf(part).pointer, part: 'key' });
    }
  },
});

function deniesTcp({ sources, operations, conditions }: RulePart): boolean {
  if (conditions.some((condition) => keyOf(condition) === 'destination.port')) return false;
  if (operations.length > 0) return !operations.some((operation) => says(operation, 'ports') || says(operation, 'notPorts'));
  return sources.length > 0 && !sources.some((source) => connectionAttributes.some((key) => says(source, key)));
}

function placeOf(part: RulePart): Part {
  return part.operations[0] ?? part.sources[0] ?? part;
}
