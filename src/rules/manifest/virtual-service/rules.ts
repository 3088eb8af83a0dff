import type { ManifestRule } from '../../manifest-rule.ts';
import { claimsAtGatewaysAlone } from './claims-at-gateways-alone.ts';
import { delegateDelegatesNoFurther } from './delegate-delegates-no-further.ts';
import { delegateHasHttpRoutesAlone } from './delegate-has-http-routes-alone.ts';
import { delegatingRouteLeadsNowhereElse } from './delegating-route-leads-nowhere-else.ts';
import { faultAndRewriteNeedDestinations } from './fault-and-rewrite-need-destinations.ts';
import { faultSaysWhatHappens } from './fault-says-what-happens.ts';
import { gatewayByNamespaceAndName } from './gateway-by-namespace-and-name.ts';
import { gatewayReferenceOfForm } from './gateway-reference-of-form.ts';
import { hostsDoNotOverlap } from './hosts-do-not-overlap.ts';
import { internalNameAtGatewaysAlone } from './internal-name-at-gateways-alone.ts';
import { meshHostsAreNamed } from './mesh-hosts-are-named.ts';
import { mirrorOrMirrors } from './mirror-or-mirrors.ts';
import { oneActionPerRoute } from './one-action-per-route.ts';
import { oneAuthoritySource } from './one-authority-source.ts';
import { onePathRewrite } from './one-path-rewrite.ts';
import { redirectByUriOrPrefix } from './redirect-by-uri-or-prefix.ts';
import { redirectCodeThatIsSent } from './redirect-code-that-is-sent.ts';
import { redirectedPrefixIsMatched } from './redirected-prefix-is-matched.ts';
import { retriesHaveAttempts } from './retries-have-attempts.ts';
import { routeHasAnAction } from './route-has-an-action.ts';
import { sniHostsAreNames } from './sni-hosts-are-names.ts';
import { sniHostsWithinHosts } from './sni-hosts-within-hosts.ts';
import { unreadGatewayReferenceOfForm } from './unread-gateway-reference-of-form.ts';
import { validRe2 } from './valid-re2.ts';
import { virtualServiceHasRoutes } from './virtual-service-has-routes.ts';
import { virtualServiceNamesHosts } from './virtual-service-names-hosts.ts';
import { weightsSumAboveZero } from './weights-sum-above-zero.ts';

/** One VirtualService by itself (Istio: pkg/config/validation/virtualservice.go): as a whole, then its routes. */
export const virtualServiceRules: readonly ManifestRule[] = [
  virtualServiceNamesHosts,
  delegateHasHttpRoutesAlone,
  delegateDelegatesNoFurther,
  delegatingRouteLeadsNowhereElse,
  meshHostsAreNamed,
  hostsDoNotOverlap,
  internalNameAtGatewaysAlone,
  gatewayReferenceOfForm,
  unreadGatewayReferenceOfForm,
  gatewayByNamespaceAndName,
  claimsAtGatewaysAlone,
  virtualServiceHasRoutes,
  validRe2,
  routeHasAnAction,
  oneActionPerRoute,
  faultAndRewriteNeedDestinations,
  mirrorOrMirrors,
  redirectByUriOrPrefix,
  redirectedPrefixIsMatched,
  redirectCodeThatIsSent,
  onePathRewrite,
  oneAuthoritySource,
  retriesHaveAttempts,
  faultSaysWhatHappens,
  weightsSumAboveZero,
  sniHostsWithinHosts,
  sniHostsAreNames,
];
