import type { ManifestRule } from '../../manifest-rule.ts';

export const serviceEntryRules: readonly ManifestRule[] = [];
