import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** `*` says all namespaces and `~` none, so nothing else can stand beside them (Istio: validation.go validateExportTo). */
export const exportedToAllOrSome = defineObjectRule<{ id: string; whole: string; other: string }>({
  code: 'MS5018',
  name: 'exported-to-all-or-some',
  severity: 'error',
  summary: ({ id, whole, other }) => `${id} is exported to ${whole === '*' ? 'all namespaces' : 'none'} and to \`${other}\``,
  why: 'Istio rejects an object with `*` or `~` beside another entry of `exportTo`.',
  fix: 'Write `*` or `~` alone, or only the namespaces that shall see the object.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule', 'ServiceEntry'],
  check(object, report) {
    const entries = listOr(object.spec.exportTo).map(String);
    const whole = entries.find((entry) => entry === '*' || entry === '~');
    const other = entries.find((entry) => entry !== whole);
    if (whole === undefined || other === undefined) return;
    report({ params: { id: titleOf(object), whole, other }, pointer: `/exportTo/${entries.indexOf(whole)}` });
  },
});
