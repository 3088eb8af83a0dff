import type { ManifestRule } from '../../manifest-rule.ts';

export const reachabilityRules: readonly ManifestRule[] = [];
