import { type Intent, originOf } from '../../model/intent.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A gateway that joins the mesh's VirtualService answers to the mesh's host names only. */
export const joinedExposureHosts = defineRule({
  code: 'MS3003',
  name: 'joined-exposure-hosts',
  severity: 'info',
  summary: ({ name, host }: { name: string; host: string }) =>
    `through the gateway, ${name} answers only to requests whose Host is \`${host}\``,
  why: 'Without `hosts` or `match` the gateway shares the VirtualService of the mesh, and that lists the internal name alone.',
  fix: 'Write `expose: [{gateway: …, hosts: [shop.example.com]}]` to be reached by a public name.',
  since: '0.1.0',
  check({ resolved }: IntentSubject, report) {
    for (const { intent, virtualServices } of resolved) {
      const joined = virtualServices.find(({ gateways }) => gateways.some((gateway) => gateway.value === 'mesh') && gateways.length > 1);
      const host = joined?.hosts[0]?.value;
      if (host !== undefined && isService(intent)) report({ params: { name: intent.name, host }, at: originOf(intent, '/expose').at });
    }
  },
});

function isService(intent: Intent): boolean {
  return intent.kind === 'service';
}
