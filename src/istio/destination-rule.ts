import type { ResolvedPolicy, ResolvedPortPolicy, ResolvedSubset } from '../model/resolved.ts';
import type { ViewObject } from '../model/view.ts';
import { hostPolicyBlocks, policyBlocks } from '../model/words.ts';
import { type Kind, metadataView, someOf } from './kind.ts';

/** networking.istio.io DestinationRule: istio.io/latest/docs/reference/config/networking/destination-rule */
export const destinationRule: Kind = {
  kind: 'DestinationRule',
  template: 'destination-rule',
  views: (intent, environment) =>
    intent.destinationRules.map((object) => ({
      ...metadataView('DestinationRule', object, environment),
      host: object.host,
      exportTo: someOf(object.exportTo),
      trafficPolicy: policyView(object.trafficPolicy),
      subsets: someOf(object.subsets.map(subsetView)),
    })),
};

function subsetView({ name, labels, trafficPolicy }: ResolvedSubset): ViewObject {
  return { name, labels, trafficPolicy: policyView(trafficPolicy) };
}

function policyView(policy: ResolvedPolicy | undefined): ViewObject | undefined {
  if (policy === undefined) return undefined;
  return {
    ...blocksView(policy),
    ...Object.fromEntries(hostPolicyBlocks.map((block) => [block, policy.host?.[block]])),
    portLevelSettings: someOf(policy.portLevelSettings.map(portView)),
  };
}

function portView(policy: ResolvedPortPolicy): ViewObject {
  return { port: policy.port, ...blocksView(policy) };
}

function blocksView(policy: ResolvedPolicy | ResolvedPortPolicy): ViewObject {
  return Object.fromEntries(policyBlocks.map((block) => [block, policy[block]]));
}
