import type { ManifestRule } from '../../manifest-rule.ts';
import { eachCipherSuiteOnce } from './each-cipher-suite-once.ts';
import { gatewayNameIsALabel } from './gateway-name-is-a-label.ts';
import { httpsRedirectOnHttpPorts } from './https-redirect-on-http-ports.ts';
import { istioMutualBringsItsCertificates } from './istio-mutual-brings-its-certificates.ts';
import { knownCipherSuites } from './known-cipher-suites.ts';
import { mutualTlsHasAClientCa } from './mutual-tls-has-a-client-ca.ts';
import { oldTlsVersionHasCiphers } from './old-tls-version-has-ciphers.ts';
import { oneProtocolPerPort } from './one-protocol-per-port.ts';
import { oneServerPerName } from './one-server-per-name.ts';
import { oneServerPerPortName } from './one-server-per-port-name.ts';
import { oneServerPerTlsHost } from './one-server-per-tls-host.ts';
import { oneSourceOfCertificates } from './one-source-of-certificates.ts';
import { passthroughWithoutCertificates } from './passthrough-without-certificates.ts';
import { portNameTellsItsProtocol } from './port-name-tells-its-protocol.ts';
import { revocationListBesideClientCa } from './revocation-list-beside-client-ca.ts';
import { revocationListInTheSecret } from './revocation-list-in-the-secret.ts';
import { tlsEndHasACertificate } from './tls-end-has-a-certificate.ts';
import { tlsPortHasTlsSettings } from './tls-port-has-tls-settings.ts';
import { tlsSettingsOnTlsPorts } from './tls-settings-on-tls-ports.ts';
import { tlsVersionsFromLowToHigh } from './tls-versions-from-low-to-high.ts';

/** One Gateway by itself, and TLS settings wherever servers have them (Istio: pkg/config/validation/validation.go ValidateGateway). */
export const gatewayRules: readonly ManifestRule[] = [
  gatewayNameIsALabel,
  oneServerPerPortName,
  oneServerPerName,
  portNameTellsItsProtocol,
  oneProtocolPerPort,
  oneServerPerTlsHost,
  tlsPortHasTlsSettings,
  tlsSettingsOnTlsPorts,
  httpsRedirectOnHttpPorts,
  tlsEndHasACertificate,
  mutualTlsHasAClientCa,
  istioMutualBringsItsCertificates,
  passthroughWithoutCertificates,
  oneSourceOfCertificates,
  revocationListBesideClientCa,
  revocationListInTheSecret,
  oldTlsVersionHasCiphers,
  tlsVersionsFromLowToHigh,
  knownCipherSuites,
  eachCipherSuiteOnce,
];
