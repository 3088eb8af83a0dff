import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { type PortPart, portsOf } from './entry-parts.ts';

/** No two ports share a number or a name (Istio: validation.go ValidateServiceEntry, and the CRD). */
export const uniqueEntryPorts = defineObjectRule<{ id: string; what: 'number' | 'name'; value: string }>({
  code: 'MS5415',
  name: 'unique-entry-ports',
  severity: 'error',
  summary: ({ id, what, value }) => `two ports of ${id} have the ${what} ${what === 'name' ? `\`${value}\`` : value}`,
  why: 'Rules and endpoints point at a port by its number or name, so each must be the only one; Istio rejects the ServiceEntry.',
  fix: 'Give each port a number and a name of its own, or remove the one that is there twice.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    for (const what of ['number', 'name'] as const) {
      const seen = new Map<string, PortPart>();
      for (const port of portsOf(object.spec)) {
        const value = String(port[what]);
        const first = seen.get(value);
        if (first === undefined) seen.set(value, port);
        else {
          const related = [{ message: 'the first of them', at: object.at(`${first.pointer}/${what}`) }];
          report({ params: { id: titleOf(object), what, value }, pointer: `${port.pointer}/${what}`, related });
        }
      }
    }
  },
});
