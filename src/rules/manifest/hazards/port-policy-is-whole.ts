import { isHandWritten, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

const blocks = ['tls', 'loadBalancer', 'connectionPool', 'outlierDetection'] as const;
/** What an entry for a port cannot say at all, and takes away; a `tunnel` is read past it (tunnelingconfig/apply.go). */
const unsayable = ['proxyProtocol', 'retryBudget'] as const;

/**
 * An entry of `portLevelSettings` replaces the policy of its port whole: what it leaves out goes back to Istio's defaults, `tls` included
 * (Istio: pilot/pkg/networking/util/util.go GetPortLevelTrafficPolicy, MergeSubsetTrafficPolicy).
 */
export const portPolicyIsWhole = defineObjectRule<{ id: string; port: string; lost: readonly string[] }>({
  code: 'MS5909',
  name: 'port-policy-is-whole',
  severity: 'warning',
  summary: ({ id, port, lost }) => `on port ${port} the ${listWords(lost)} of ${id} ${lost.length === 1 ? 'does' : 'do'} not hold`,
  why: 'An entry of `portLevelSettings` replaces the policy around it; what it leaves out goes back to the defaults of Istio.',
  fix: 'Repeat in the entry what is to hold on its port.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    // An intent's policies inherit block by block and are written whole; what is missing there is meant to be.
    if (!isHandWritten(object.manifest)) return;
    const { trafficPolicy, subsets } = object.spec;
    const whole = objectOr(trafficPolicy);
    const check = (policy: JsonObject, around: readonly JsonObject[], pointer: string) => {
      for (const [i, entry] of listOr(policy.portLevelSettings).entries()) {
        if (!isObject(entry)) continue;
        const lost = [...blocks, ...(around.length === 1 ? unsayable : [])].filter(
          (block) => entry[block] === undefined && !isMissedElsewhere(block, entry) && around.some((one) => matters(block, one[block])),
        );
        if (lost.length === 0) continue;
        const params = { id: titleOf(object), port: String(objectOr(entry.port).number), lost: lost.map((block) => `\`${block}\``) };
        report({ params, pointer: `${pointer}/portLevelSettings/${i}/port/number` });
      }
    };
    check(whole, [whole], '/trafficPolicy');
    for (const [i, subset] of listOr(subsets).entries()) {
      const own = objectOr(objectOr(subset).trafficPolicy);
      check(own, [own, whole], `/subsets/${i}/trafficPolicy`);
    }
  },
});

/** A failover without outlier detection has a finding of its own (`failover-detects-outliers`). */
function isMissedElsewhere(block: string, { loadBalancer }: JsonObject): boolean {
  return block === 'outlierDetection' && objectOr(loadBalancer).localityLbSetting !== undefined;
}

/** A simple way to balance is as good as another. */
function matters(block: string, value: Json | undefined): boolean {
  if (block !== 'loadBalancer' || !isObject(value)) return value !== undefined;
  return Object.keys(value).some((key) => key !== 'simple') || value.simple === 'PASSTHROUGH';
}
