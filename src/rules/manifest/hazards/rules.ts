import type { ManifestRule } from '../../manifest-rule.ts';

export const hazardsRules: readonly ManifestRule[] = [];
