import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

const sent = [301, 302, 303, 307, 308];

/**
 * Envoy redirects by five codes. Istio's validation accepts all from 300 to 399 (validation.go validateHTTPRedirect), but its generator
 * leaves the route without an action then (route.go ApplyRedirect), which Envoy's own validation refuses.
 */
export const redirectCodeThatIsSent = defineObjectRule<{ id: string; code: number }>({
  code: 'MS5118',
  name: 'redirect-code-that-is-sent',
  severity: 'warning',
  summary: ({ id, code }) => `${id} redirects by ${code}, which proxies cannot send`,
  why: 'Istio accepts any code from 300 to 399, but for all except 301, 302, 303, 307 and 308 it writes a route without an action, and Envoy refuses every route that comes with it.',
  fix: 'Write 301, 302, 303, 307 or 308; an answer with another status is a `directResponse`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      const { redirectCode: code } = objectOr(route.redirect);
      if (typeof code === 'number' && !sent.includes(code))
        report({ params: { id: titleOf(object), code }, pointer: `${pointer}/redirect/redirectCode` });
    }
  },
});
