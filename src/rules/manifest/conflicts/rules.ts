import type { ManifestRule } from '../../manifest-rule.ts';
import { certificateOnOneServer } from './certificate-on-one-server.ts';
import { connectionsTakenOnce } from './connections-taken-once.ts';
import { destinationOncePerRoute } from './destination-once-per-route.ts';
import { destinationRulesAddUp } from './destination-rules-add-up.ts';
import { entryHostIsNoService } from './entry-host-is-no-service.ts';
import { gatewayPortForOneProtocol } from './gateway-port-for-one-protocol.ts';
import { gatewayRoutesApart } from './gateway-routes-apart.ts';
import { httpsRedirectForAllOfHost } from './https-redirect-for-all-of-host.ts';
import { oneCatchAllPerVirtualHost } from './one-catch-all-per-virtual-host.ts';
import { oneDefaultSidecarPerNamespace } from './one-default-sidecar-per-namespace.ts';
import { oneDestinationRulePerHost } from './one-destination-rule-per-host.ts';
import { oneManifestPerObject } from './one-manifest-per-object.ts';
import { onePeerAuthenticationPerWorkload } from './one-peer-authentication-per-workload.ts';
import { oneProtocolPerExternalPort } from './one-protocol-per-external-port.ts';
import { oneSidecarPerWorkload } from './one-sidecar-per-workload.ts';
import { oneVirtualServicePerMeshHost } from './one-virtual-service-per-mesh-host.ts';
import { plainHostOnOneGateway } from './plain-host-on-one-gateway.ts';
import { serviceEntriesAddUp } from './service-entries-add-up.ts';
import { tcpHostsHaveOwnPorts } from './tcp-hosts-have-own-ports.ts';
import { tlsHostOnOneGateway } from './tls-host-on-one-gateway.ts';

/** Two objects that claim the same, so that one of them loses. */
export const conflictsRules: readonly ManifestRule[] = [
  oneManifestPerObject,
  oneVirtualServicePerMeshHost,
  oneDestinationRulePerHost,
  destinationRulesAddUp,
  tlsHostOnOneGateway,
  plainHostOnOneGateway,
  httpsRedirectForAllOfHost,
  gatewayPortForOneProtocol,
  certificateOnOneServer,
  gatewayRoutesApart,
  oneCatchAllPerVirtualHost,
  connectionsTakenOnce,
  oneProtocolPerExternalPort,
  serviceEntriesAddUp,
  entryHostIsNoService,
  tcpHostsHaveOwnPorts,
  oneSidecarPerWorkload,
  oneDefaultSidecarPerNamespace,
  onePeerAuthenticationPerWorkload,
  destinationOncePerRoute,
];
