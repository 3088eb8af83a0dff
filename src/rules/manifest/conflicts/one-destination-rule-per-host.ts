import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, sameJson } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { mergedByExport } from './destination-rules-add-up.ts';
import { type HostRule, rulesByHost } from './rules-of-host.ts';
import { sameObject } from './same-object.ts';

/**
 * Istio merges the DestinationRules of one host and namespace in the order of their creation: subsets add up, but of two policies,
 * or two subsets of one name, the older wins (destination_rule.go mergeDestinationRule). Git does not know which is older. Where both
 * say the same, or are not merged at all (`destination-rules-add-up`), that does not matter.
 */
export const oneDestinationRulePerHost = defineMeshRule<{ id: string; other: string; host: string; both: string }>({
  code: 'MS5003',
  name: 'one-destination-rule-per-host',
  severity: 'error',
  alias: 'KIA0201',
  summary: ({ id, other, host, both }) => `${id} and ${other} both set ${both} for ${host}`,
  why: 'Istio merges the two and takes what both say from the older one; which is older, git does not know.',
  fix: 'Say everything about a host in one DestinationRule; in an intent: in one intent.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(mesh, report) {
    const byExport = mergedByExport(mesh);
    for (const rules of rulesByHost(mesh).values()) {
      if (rules.length === 1) continue;
      const said = new Map<string, { rule: HostRule; statement: Statement }>();
      for (const rule of rules) {
        for (const statement of statements(rule.object.spec)) {
          const key = `${rule.selector}\n${byExport ? rule.exported : ''}\n${statement.both}`;
          const first = said.get(key);
          if (first === undefined) said.set(key, { rule, statement });
          else if (!sameObject(first.rule.object, rule.object) && !sameJson(first.statement.value, statement.value)) {
            const { object, host } = rule;
            const other = first.rule.object;
            const params = { id: titleOf(object), other: titleOf(other), host, both: statement.both };
            const related = [{ message: 'the other one', at: other.at(first.statement.pointer) }];
            report(object, { params, pointer: statement.pointer, related });
          }
        }
      }
    }
  },
});

interface Statement {
  readonly both: string;
  readonly pointer: string;
  readonly value: Json;
}

function statements({ subsets, trafficPolicy }: JsonObject): readonly Statement[] {
  const named = listOr(subsets).flatMap((subset, i): readonly Statement[] =>
    isObject(subset) ? [{ both: `the subset \`${String(subset.name)}\``, pointer: `/subsets/${i}/name`, value: subset }] : [],
  );
  return trafficPolicy === undefined ? named : [{ both: 'a `trafficPolicy`', pointer: '/trafficPolicy', value: trafficPolicy }, ...named];
}
