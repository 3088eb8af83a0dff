import type { ManifestRule } from '../../manifest-rule.ts';

export const sidecarRules: readonly ManifestRule[] = [];
