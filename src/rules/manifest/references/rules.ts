import type { ManifestRule } from '../../manifest-rule.ts';
import { knownSubset } from './known-subset.ts';

/** What an object names must be there: hosts, ports, subsets, gateways, workloads, Secrets. */
export const referencesRules: readonly ManifestRule[] = [knownSubset];
