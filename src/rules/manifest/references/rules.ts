import type { ManifestRule } from '../../manifest-rule.ts';
import { certificatesCanBeChecked } from './certificates-can-be-checked.ts';
import { claimsAreVerified } from './claims-are-verified.ts';
import { delegateKnown } from './delegate-known.ts';
import { destinationHostKnown } from './destination-host-known.ts';
import { destinationHostVisible } from './destination-host-visible.ts';
import { destinationPortCertain } from './destination-port-certain.ts';
import { destinationPortGiven } from './destination-port-given.ts';
import { destinationPortKnown } from './destination-port-known.ts';
import { destinationRuleHasClients } from './destination-rule-has-clients.ts';
import { destinationRuleHostKnown } from './destination-rule-host-known.ts';
import { egressHostKnown } from './egress-host-known.ts';
import { externalHostDeclared } from './external-host-declared.ts';
import { gatewayCertificateComplete } from './gateway-certificate-complete.ts';
import { gatewayCertificateKnown } from './gateway-certificate-known.ts';
import { gatewayPortOffered } from './gateway-port-offered.ts';
import { gatewayReferencePublic } from './gateway-reference-public.ts';
import { gatewaySelectsPods } from './gateway-selects-pods.ts';
import { gatewayServesHost } from './gateway-serves-host.ts';
import { gatewaysCanBeChecked } from './gateways-can-be-checked.ts';
import { hostsCanBeChecked } from './hosts-can-be-checked.ts';
import { knownGatewayReference } from './known-gateway-reference.ts';
import { knownSubset } from './known-subset.ts';
import { namespaceExists } from './namespace-exists.ts';
import { policyPortKnown } from './policy-port-known.ts';
import { routedSubsetHasEndpoints } from './routed-subset-has-endpoints.ts';
import { selectorSelectsWorkloads } from './selector-selects-workloads.ts';
import { serverCertificateVerified } from './server-certificate-verified.ts';
import { sidecarHasSidecars } from './sidecar-has-sidecars.ts';
import { subsetHasEndpoints } from './subset-has-endpoints.ts';
import { subsetKnownToClients } from './subset-known-to-clients.ts';
import { subsetsCanBeChecked } from './subsets-can-be-checked.ts';
import { virtualServiceReachesGateway } from './virtual-service-reaches-gateway.ts';
import { workloadsCanBeChecked } from './workloads-can-be-checked.ts';

/** What an object names must be there: hosts, ports, subsets, gateways, workloads, Secrets. */
export const referencesRules: readonly ManifestRule[] = [
  destinationHostKnown,
  externalHostDeclared,
  destinationHostVisible,
  destinationPortKnown,
  destinationPortGiven,
  destinationPortCertain,
  knownSubset,
  subsetKnownToClients,
  destinationRuleHostKnown,
  destinationRuleHasClients,
  policyPortKnown,
  subsetHasEndpoints,
  routedSubsetHasEndpoints,
  knownGatewayReference,
  gatewayReferencePublic,
  gatewayServesHost,
  virtualServiceReachesGateway,
  gatewaySelectsPods,
  gatewayPortOffered,
  gatewayCertificateKnown,
  gatewayCertificateComplete,
  delegateKnown,
  egressHostKnown,
  selectorSelectsWorkloads,
  namespaceExists,
  claimsAreVerified,
  serverCertificateVerified,
  sidecarHasSidecars,
  hostsCanBeChecked,
  subsetsCanBeChecked,
  gatewaysCanBeChecked,
  workloadsCanBeChecked,
  certificatesCanBeChecked,
];
