import type { ManifestRule } from '../../manifest-rule.ts';
import { defaultEndpointIsLocal } from './default-endpoint-is-local.ts';
import { egressBindFitsPort } from './egress-bind-fits-port.ts';
import { egressHostsOnce } from './egress-hosts-once.ts';
import { egressProxyAllowsAny } from './egress-proxy-allows-any.ts';
import { exclusionsKnownToMesh } from './exclusions-known-to-mesh.ts';
import { httpPoolOnHttpPorts } from './http-pool-on-http-ports.ts';
import { inboundUpgradeOrClientProtocol } from './inbound-upgrade-or-client-protocol.ts';
import { includedHostsStay } from './included-hosts-stay.ts';
import { ingressTlsByFiles } from './ingress-tls-by-files.ts';
import { ingressTlsMode } from './ingress-tls-mode.ts';
import { oneSidecarListenerPerPort } from './one-sidecar-listener-per-port.ts';
import { outboundModeIsWritten } from './outbound-mode-is-written.ts';
import { portlessEgressComesLast } from './portless-egress-comes-last.ts';
import { rootSidecarWithoutSelector } from './root-sidecar-without-selector.ts';
import { sidecarSaysSomething } from './sidecar-says-something.ts';
import { sidecarSelectorHasLabels } from './sidecar-selector-has-labels.ts';

/** One Sidecar by itself (Istio: pkg/config/validation/validation.go ValidateSidecar); its TLS settings are judged with those of Gateways, too. */
export const sidecarRules: readonly ManifestRule[] = [
  sidecarSaysSomething,
  sidecarSelectorHasLabels,
  rootSidecarWithoutSelector,
  oneSidecarListenerPerPort,
  defaultEndpointIsLocal,
  ingressTlsByFiles,
  ingressTlsMode,
  httpPoolOnHttpPorts,
  inboundUpgradeOrClientProtocol,
  portlessEgressComesLast,
  egressBindFitsPort,
  egressHostsOnce,
  exclusionsKnownToMesh,
  includedHostsStay,
  egressProxyAllowsAny,
  outboundModeIsWritten,
];
