import {
  isHttpProtocol,
  isTlsProtocol,
  passesTls,
  serverTlsOf,
  statedOf,
  type TlsPart,
  titleOfListener,
} from '../../../istio/listener-parts.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * Only ports of protocol HTTPS or TLS take TLS settings; a Gateway's HTTP port may have some that end no TLS, such as `httpsRedirect`
 * (Istio: validation.go validateServer, ValidateSidecar).
 */
export const tlsSettingsOnTlsPorts = defineObjectRule<{ id: string; port: string; protocol: string; what: string }>({
  code: 'MS5304',
  name: 'tls-settings-on-tls-ports',
  severity: 'error',
  summary: ({ id, port, protocol, what }) => `${port} of ${id} speaks ${protocol || 'what is sniffed'}, but has ${what}`,
  why: 'Plain text has no TLS to end, so Istio rejects the whole object rather than serve without the encryption that was asked for.',
  fix: 'Write the protocol `HTTPS` or `TLS`, or take the settings away; on HTTP a Gateway may keep `tls: {httpsRedirect: true}`.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const part of serverTlsOf(object.spec)) {
      const fault = misplaced(object, part);
      if (fault === undefined) continue;
      const params = { id: titleOf(object), port: titleOfListener(part.listener), protocol: protocolOf(part), what: fault.what };
      report({ params, pointer: fault.pointer, ...(fault.pointer === part.pointer ? { part: 'key' } : {}) });
    }
  },
});

interface Misplaced {
  readonly what: string;
  readonly pointer: Pointer;
}

function misplaced({ kind }: MeshObject, part: TlsPart): Misplaced | undefined {
  const { tls, mode, pointer } = part;
  const protocol = protocolOf(part);
  if (isTlsProtocol(protocol)) return undefined;
  if (kind === 'Sidecar' || !isHttpProtocol(protocol)) return { what: 'TLS settings', pointer };
  if (!passesTls(mode)) return { what: `the TLS mode ${mode}`, pointer: `${pointer}/mode` };
  const [file] = statedOf(tls, ['serverCertificate', 'privateKey', 'caCertificates']);
  return file === undefined ? undefined : { what: `a \`${file}\``, pointer: `${pointer}/${file}` };
}

function protocolOf({ listener }: TlsPart): string {
  return listener.port?.protocol ?? '';
}
