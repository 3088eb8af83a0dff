import type { ManifestRule } from '../../manifest-rule.ts';
import { oneDestinationRulePerHost } from './one-destination-rule-per-host.ts';
import { oneVirtualServicePerMeshHost } from './one-virtual-service-per-mesh-host.ts';

/** Two objects that claim the same, so that one of them loses. */
export const conflictsRules: readonly ManifestRule[] = [oneVirtualServicePerMeshHost, oneDestinationRulePerHost];
