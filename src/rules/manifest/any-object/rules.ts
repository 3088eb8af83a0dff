import type { ManifestRule } from '../../manifest-rule.ts';
import { currentWords } from './current-words.ts';
import { dryRunOfPolicies } from './dry-run-of-policies.ts';
import { exportedOnce } from './exported-once.ts';
import { exportedToAllOrSome } from './exported-to-all-or-some.ts';
import { knownMetadataKeys } from './known-metadata-keys.ts';
import { knownObjectKeys } from './known-object-keys.ts';
import { kubernetesNames } from './kubernetes-names.ts';
import { noInternalAnnotations } from './no-internal-annotations.ts';
import { selectedRuleStaysHome } from './selected-rule-stays-home.ts';
import { wellFormedAnnotations } from './well-formed-annotations.ts';
import { wellFormedLabels } from './well-formed-labels.ts';

/** What holds for every kind: metadata as Kubernetes and Istio ask for it, `exportTo`, and words of today. */
export const anyObjectRules: readonly ManifestRule[] = [
  knownObjectKeys,
  knownMetadataKeys,
  kubernetesNames,
  wellFormedLabels,
  wellFormedAnnotations,
  dryRunOfPolicies,
  noInternalAnnotations,
  exportedOnce,
  exportedToAllOrSome,
  selectedRuleStaysHome,
  currentWords,
];
