import { objectOr } from '../../model/json.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { rememberingOf } from './remembering.ts';
import { speaksHttp } from './sticky-on-http.ts';

/** Users are remembered where they come in; a service that no gateway leads to has none to remember. */
export const stickyReachesAGateway = defineRule({
  code: 'MS3007',
  name: 'sticky-reaches-a-gateway',
  severity: 'warning',
  summary: ({ name }: { name: string }) => `users of ${name} are remembered at gateways, but no gateway leads to it`,
  why: 'Routes of the mesh draw each request anew: services that call it rarely keep cookies.',
  fix: 'Expose it on a gateway with `hosts`, remove `sticky`, or write `sticky: {mesh: true}` if its callers do keep cookies.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    const remembering = rememberingOf(subject);
    if (subject.resolved.length === 0 || remembering.length === 0) return;
    const cookies = cookiesSet(subject);
    for (const { intent, words, sticky, cookie, isDrawn, at } of remembering) {
      const isHttp = intent.kind === 'service' && speaksHttp(words);
      if (isHttp && isDrawn && sticky.mesh !== true && !cookies.has(cookie)) report({ params: { name: intent.name }, at });
    }
  },
});

/** Names of the cookies that any route sets. */
function cookiesSet({ resolved }: IntentSubject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { virtualServices } of resolved) {
    for (const { destinations } of virtualServices.flatMap(({ http }) => http)) {
      for (const { headers } of destinations) {
        const set = objectOr(objectOr(headers?.value.response).add)['set-cookie'];
        if (typeof set === 'string') names.add((set.split('=', 1)[0] ?? '').replaceAll('%%', '%'));
      }
    }
  }
  return names;
}
