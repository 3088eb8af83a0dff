import { byDefault, traced } from '../model/origin.ts';
import { type Kind, metadataView } from './kind.ts';

/** security.istio.io AuthorizationPolicy: istio.io/latest/docs/reference/config/security/authorization-policy */
export const authorizationPolicy: Kind = {
  kind: 'AuthorizationPolicy',
  template: 'authorization-policy',
  views: (intent, environment) =>
    intent.authorizationPolicies.map((object) => ({
      // With the annotation Envoy only counts what it would have refused (Istio: security/rbac dry-run, since 1.10).
      ...metadataView('AuthorizationPolicy', object, environment, object.dryRun ? { 'istio.io/dry-run': 'true' } : undefined),
      selector: traced({ matchLabels: object.selector.value }, object.selector.origin),
      action: traced('ALLOW', byDefault('everyone else is refused')),
      rules: traced([{ from: [{ source: { principals: object.principals.value } }] }], object.principals.origin),
    })),
};
