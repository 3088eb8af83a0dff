import type { Intent } from '../model/intent.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { hostPolicyBlocks, policyBlocks } from '../model/words.ts';

/** An intent before and after. */
export interface Pair {
  readonly old?: Intent;
  readonly now?: Intent;
}

/** A new external whose DestinationRule has something to say. */
export function isNewWithPolicy({ old, now }: Pair): boolean {
  if (old !== undefined || now?.kind !== 'external') return false;
  const words = [...policyBlocks, ...hostPolicyBlocks, 'originateTls', 'versions'];
  const speaks = (value: JsonObject) => words.some((word) => value[word] !== undefined);
  return speaks(now.value) || Object.values(objectOr(now.value.ports)).some((port) => speaks(objectOr(port)));
}

/** What becomes of `via`: whether callers begin or cease to be led out by a gateway. */
export function wayOut({ old, now }: Pair): 'new' | 'gone' | undefined {
  const [was, is] = [old, now].map((one) => one !== undefined && isObject(one.value.via));
  if (was === is) return undefined;
  return is === true ? 'new' : 'gone';
}

/** What a pair says in `expand`, with what is new of it out of sight. */
export function introduced(pair: Pair, { value, ...intent }: Intent): Intent {
  const { now } = pair;
  const isNew = wayOut(pair) === 'new';
  const patches = [...(isNewWithPolicy(pair) ? [hiddenEntry] : []), ...(isNew ? [atGatewayAlone(now)] : [])];
  if (patches.length === 0) return { ...intent, value };
  const via = isNew && now?.value.via !== undefined ? { via: now.value.via } : {};
  return { ...intent, value: { ...value, ...via, patches: [...listOr(value.patches), ...patches] } };
}

/** What a pair says in `shift`, with what nobody is led to any more still there. */
export function released(pair: Pair, { value, ...intent }: Intent): Intent {
  const { old } = pair;
  if (wayOut(pair) !== 'gone' || old?.value.via === undefined) return { ...intent, value };
  return { ...intent, value: { ...value, via: old.value.via, patches: [...listOr(value.patches), atGatewayAlone(old)] } };
}

/** A ServiceEntry that is exported to nobody is known to no proxy (Istio: exportTo `~`). */
const hiddenEntry: JsonObject = {
  target: { kind: 'ServiceEntry' },
  ops: [{ op: 'add', path: '/spec/exportTo', value: ['~'] }],
  reason: 'hidden until its DestinationRule is everywhere',
};

/** Routes that hold at the gateway on the way out, and not for callers. */
function atGatewayAlone(intent: Intent | undefined): JsonObject {
  const { Gateway = `${intent?.name ?? ''}-egress` } = objectOr(intent?.value.names);
  return {
    target: { kind: 'VirtualService' },
    ops: [{ op: 'replace', path: '/spec/gateways', value: [Gateway] }],
    reason: 'callers are led here only while the gateway is everywhere',
  };
}
