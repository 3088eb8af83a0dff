import type { ManifestRule } from '../../manifest-rule.ts';

export const securityRules: readonly ManifestRule[] = [];
