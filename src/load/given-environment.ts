import { NEWEST_MINOR } from '../istio/dialect.ts';
import type { Environment } from '../model/environment.ts';
import type { IstioVersion } from '../model/istio-version.ts';

/** What is told of a mesh whose manifests no environment of ours holds. */
export interface GivenMesh {
  /** Default: the newest that is known. */
  readonly istio?: IstioVersion;
  /** Of objects that name none. Default: `default`. */
  readonly namespace?: string;
  readonly clusterDomain?: string;
  readonly rootNamespace?: string;
  readonly outboundTrafficPolicy?: 'ALLOW_ANY' | 'REGISTRY_ONLY';
}

/** The same facts that an environment.yaml states, with the same defaults. */
export function givenEnvironment(given: GivenMesh): Environment {
  return {
    value: {},
    layers: [],
    name: 'manifests',
    chain: [],
    istio: given.istio ?? { minor: NEWEST_MINOR, text: `1.${NEWEST_MINOR}` },
    ...(given.namespace === undefined ? {} : { namespace: given.namespace }),
    clusterDomain: given.clusterDomain ?? 'cluster.local',
    mesh: {
      outboundTrafficPolicy: given.outboundTrafficPolicy ?? 'ALLOW_ANY',
      rootNamespace: given.rootNamespace ?? 'istio-system',
      trustDomain: 'cluster.local',
      exportTo: '*',
    },
    sidecars: false,
    shards: 1,
    layout: 'by-intent',
    labels: {},
  };
}
