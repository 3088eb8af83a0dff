import type { ManifestRule } from '../../manifest-rule.ts';
import { delegateMatchWithinRoot } from './delegate-match-within-root.ts';
import { matchAddsRequests } from './match-adds-requests.ts';
import { reachableHttpMatch } from './reachable-http-match.ts';
import { reachableHttpRoute } from './reachable-http-route.ts';
import { reachableTcpRoute } from './reachable-tcp-route.ts';
import { satisfiableMatch } from './satisfiable-match.ts';
import { serverNameOnce } from './server-name-once.ts';
import { subnetOnce } from './subnet-once.ts';
import { tlsMatchHasOwnSubnets } from './tls-match-has-own-subnets.ts';

/** Routes and matches that no request comes to, by what all of them mean together. */
export const reachabilityRules: readonly ManifestRule[] = [
  reachableHttpRoute,
  reachableHttpMatch,
  matchAddsRequests,
  satisfiableMatch,
  delegateMatchWithinRoot,
  serverNameOnce,
  reachableTcpRoute,
  subnetOnce,
  tlsMatchHasOwnSubnets,
];
