import type { ManifestRule } from '../../manifest-rule.ts';

export const gatewayRules: readonly ManifestRule[] = [];
