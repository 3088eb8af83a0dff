import type { ManifestRule } from '../../manifest-rule.ts';
import { accountsWithoutOtherIdentities } from './accounts-without-other-identities.ts';
import { bracketsAfterAttribute } from './brackets-after-attribute.ts';
import { clausesNotEmpty } from './clauses-not-empty.ts';
import { conditionValuesFitTheirKey } from './condition-values-fit-their-key.ts';
import { conditionsHaveValues } from './conditions-have-values.ts';
import { customWithoutIdentities } from './custom-without-identities.ts';
import { denialNamesPorts } from './denial-names-ports.ts';
import { knownConditionKeys } from './known-condition-keys.ts';
import { knownPolicyTargets } from './known-policy-targets.ts';
import { methodsAsSent } from './methods-as-sent.ts';
import { pathTemplatesInForm } from './path-templates-in-form.ts';
import { policySelectorHasLabels } from './policy-selector-has-labels.ts';
import { portsOfSelectedWorkloads } from './ports-of-selected-workloads.ts';
import { principalsWithoutScheme } from './principals-without-scheme.ts';
import { providerWithCustom } from './provider-with-custom.ts';
import { rulesForDenyAndCustom } from './rules-for-deny-and-custom.ts';
import { sourcesAndOperationsNotEmpty } from './sources-and-operations-not-empty.ts';
import { wildcardsAtOneEnd } from './wildcards-at-one-end.ts';

/** One AuthorizationPolicy or PeerAuthentication by itself (Istio: pkg/config/validation/validation.go, pkg/config/security). */
export const securityRules: readonly ManifestRule[] = [
  policySelectorHasLabels,
  knownPolicyTargets,
  rulesForDenyAndCustom,
  providerWithCustom,
  customWithoutIdentities,
  clausesNotEmpty,
  sourcesAndOperationsNotEmpty,
  accountsWithoutOtherIdentities,
  principalsWithoutScheme,
  methodsAsSent,
  pathTemplatesInForm,
  wildcardsAtOneEnd,
  knownConditionKeys,
  bracketsAfterAttribute,
  conditionsHaveValues,
  conditionValuesFitTheirKey,
  denialNamesPorts,
  portsOfSelectedWorkloads,
];
