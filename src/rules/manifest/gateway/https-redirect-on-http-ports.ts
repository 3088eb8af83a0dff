import { isTlsProtocol, serverTlsOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Redirecting to HTTPS makes sense for who came by HTTP (Istio: validation.go ValidateGateway). */
export const httpsRedirectOnHttpPorts = defineObjectRule<{ id: string; port: string; protocol: string }>({
  code: 'MS5305',
  name: 'https-redirect-on-http-ports',
  severity: 'warning',
  summary: ({ id, port, protocol }) => `${port} of ${id} speaks ${protocol}, where \`httpsRedirect\` redirects nobody`,
  why: 'Who arrives there speaks TLS already; plain HTTP on another port is not redirected, and may be what was meant.',
  fix: 'Move `httpsRedirect: true` to the server for port 80, with the same hosts.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    for (const { tls, listener, pointer } of serverTlsOf(object.spec)) {
      const protocol = listener.port?.protocol ?? '';
      // On other protocols any TLS setting is an error.
      if (tls.httpsRedirect !== true || !isTlsProtocol(protocol)) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), protocol }, pointer: `${pointer}/httpsRedirect` });
    }
  },
});
