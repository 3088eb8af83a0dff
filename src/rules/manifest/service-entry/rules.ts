import type { ManifestRule } from '../../manifest-rule.ts';
import { addressBesideNetwork } from './address-beside-network.ts';
import { addressOrNetwork } from './address-or-network.ts';
import { addressesForTcp } from './addresses-for-tcp.ts';
import { declaredEndpointPorts } from './declared-endpoint-ports.ts';
import { dynamicHostsAreWildcards } from './dynamic-hosts-are-wildcards.ts';
import { endpointAddressesFitResolution } from './endpoint-addresses-fit-resolution.ts';
import { entrySelectorHasLabels } from './entry-selector-has-labels.ts';
import { locationForDynamicHosts } from './location-for-dynamic-hosts.ts';
import { lookedUpHostsAreNames } from './looked-up-hosts-are-names.ts';
import { noAddressesForDynamicHosts } from './no-addresses-for-dynamic-hosts.ts';
import { noPartialWildcardHosts } from './no-partial-wildcard-hosts.ts';
import { noRangesWithDns } from './no-ranges-with-dns.ts';
import { oneEndpointForRoundRobin } from './one-endpoint-for-round-robin.ts';
import { oneHostOnPlainTcp } from './one-host-on-plain-tcp.ts';
import { oneHostPerAddress } from './one-host-per-address.ts';
import { onePortForASocket } from './one-port-for-a-socket.ts';
import { probeHasACheck } from './probe-has-a-check.ts';
import { protocolsForDynamicHosts } from './protocols-for-dynamic-hosts.ts';
import { resolutionForEndpoints } from './resolution-for-endpoints.ts';
import { resolutionForSelectedWorkloads } from './resolution-for-selected-workloads.ts';
import { socketsHaveNoPorts } from './sockets-have-no-ports.ts';
import { uniqueEntryPorts } from './unique-entry-ports.ts';

/** One ServiceEntry, WorkloadEntry or WorkloadGroup by itself (Istio: pkg/config/validation/validation.go). */
export const serviceEntryRules: readonly ManifestRule[] = [
  entrySelectorHasLabels,
  noPartialWildcardHosts,
  noRangesWithDns,
  uniqueEntryPorts,
  addressesForTcp,
  resolutionForEndpoints,
  resolutionForSelectedWorkloads,
  endpointAddressesFitResolution,
  addressOrNetwork,
  addressBesideNetwork,
  socketsHaveNoPorts,
  declaredEndpointPorts,
  onePortForASocket,
  lookedUpHostsAreNames,
  oneEndpointForRoundRobin,
  oneHostPerAddress,
  dynamicHostsAreWildcards,
  noAddressesForDynamicHosts,
  protocolsForDynamicHosts,
  locationForDynamicHosts,
  oneHostOnPlainTcp,
  probeHasACheck,
];
