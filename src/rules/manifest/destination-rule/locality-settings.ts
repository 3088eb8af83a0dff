import { type PolicyPart, trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { joinPointer, type Pointer } from '../../../model/pointer.ts';

/** Where a policy says which localities requests go to. */
export interface LocalitySetting {
  readonly key: 'localityLbSetting' | 'zoneAwareLbSetting';
  readonly setting: JsonObject;
  /** Into `spec`. */
  readonly pointer: Pointer;
  readonly part: PolicyPart;
}

const keys = ['localityLbSetting', 'zoneAwareLbSetting'] as const;

export function localitySettings(spec: JsonObject): readonly LocalitySetting[] {
  const found: LocalitySetting[] = [];
  for (const part of trafficPolicies(spec)) {
    const loadBalancer = objectOr(part.policy.loadBalancer);
    for (const key of keys) {
      const setting = loadBalancer[key];
      if (isObject(setting)) found.push({ key, setting, pointer: `${part.pointer}/loadBalancer/${key}`, part });
    }
  }
  return found;
}

/** An entry of `distribute`: from where, and to where with which share. */
export interface Distribution {
  readonly from: string;
  readonly to: readonly { readonly locality: string; readonly share: number; readonly pointer: Pointer }[];
  readonly pointer: Pointer;
}

export function distributionsOf({ setting, pointer }: LocalitySetting): readonly Distribution[] {
  return listOr(setting.distribute).map((entry, index) => {
    const { from = '', to } = objectOr(entry);
    const place = `${pointer}/distribute/${index}`;
    return {
      from: String(from),
      to: Object.entries(objectOr(to)).map(([locality, share]) => ({
        locality,
        share: Number(share),
        pointer: joinPointer(`${place}/to`, locality),
      })),
      pointer: place,
    };
  });
}

/** Labels by which Istio itself sorts endpoints into localities. */
export const topologyLabels: readonly string[] = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];
