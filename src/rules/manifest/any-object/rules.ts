import type { ManifestRule } from '../../manifest-rule.ts';

export const anyObjectRules: readonly ManifestRule[] = [];
