import type { Intent } from '../model/intent.ts';
import { listOr } from '../model/json.ts';
import { gatewayWords, serviceWords } from '../model/words.ts';
import type { FindIds } from './named-intents.ts';

/** Ids of what an intent says it calls; of a gateway, the services that share its hosts. */
export function siteCalls(intent: Intent, find: FindIds): readonly string[] {
  return calledBy(intent).flatMap((callee) => find(['service', 'external'], callee, intent) ?? []);
}

/** Ids of the gateways that expose an intent. */
export function siteGateways(intent: Intent, find: FindIds): readonly string[] {
  return (serviceWords(intent).expose ?? []).flatMap(({ gateway }) => find(['gateway'], gateway, intent) ?? []);
}

function calledBy(intent: Intent): readonly string[] {
  if (intent.kind !== 'gateway') return listOr(intent.value.dependsOn).map(String);
  return [...new Set(Object.values(gatewayWords(intent).hosts ?? {}).flatMap((shares) => shares.map(({ service }) => service)))];
}
