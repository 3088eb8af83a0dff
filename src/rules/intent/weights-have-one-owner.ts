import { type Intent, originOf } from '../../model/intent.ts';
import { isObject } from '../../model/json.ts';
import { joinPointer, type Pointer } from '../../model/pointer.ts';
import type { ResolvedIntent } from '../../model/resolved.ts';
import { serviceWords, type WeightsOwner } from '../../model/words.ts';
import { memberOf } from '../rollout/train-members.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { controllerNames } from './weights-owner.ts';

/**
 * Argo Rollouts writes the weights of a VirtualService, Flagger all of its routes (flagger pkg/router/istio.go: the whole spec, whenever it
 * differs). What git says of the same would be written over in the cluster, and over again by whoever applies git.
 */
export const weightsHaveOneOwner = defineRule({
  code: 'MS3100',
  name: 'weights-have-one-owner',
  severity: 'error',
  summary: ({ word, name, controller }: { word: string; name: string; controller: string }) =>
    `${controller} owns the weights of ${name}, so \`${word}\` would have no effect, or fight it`,
  why: 'Two who write one field take turns for ever, and which version answers is decided by whoever wrote last.',
  fix: 'Say it in the plan of that controller, or write `weights: git` and let Mainsheet move the traffic.',
  since: '0.1.0',
  check({ intents, resolved }: IntentSubject, report) {
    for (const intent of intents) {
      for (const { owner, place, service } of [...claims(intent, intents), ...bindings(intent, resolved)]) {
        const params = {
          word: intent.kind === 'train' ? 'train' : (place.split('/')[1] ?? ''),
          name: service,
          controller: controllerNames[owner],
        };
        report({ params, at: originOf(intent, place, 'key').at });
      }
    }
  },
});

interface Claim {
  readonly owner: Exclude<WeightsOwner, 'git'>;
  readonly place: Pointer;
  readonly service: string;
}

/** Where an intent says what a controller decides. */
function claims(intent: Intent, all: readonly Intent[]): readonly Claim[] {
  if (intent.kind === 'train') {
    const { services } = intent.value;
    return Object.keys(isObject(services) ? services : {}).flatMap((reference): readonly Claim[] => {
      const member = memberOf(all, reference);
      const owner = member === undefined ? undefined : serviceWords(member).weights;
      return owner === undefined || owner === 'git'
        ? []
        : [{ owner, place: joinPointer('/services', reference), service: member?.name ?? reference }];
    });
  }
  if (intent.kind !== 'service') return [];
  const words = serviceWords(intent);
  const { weights: owner = 'git' } = words;
  if (owner === 'git') return [];
  const shares = (words.routes ?? []).flatMap(({ to }, i) => (isObject(to) && sharesOut(to) ? [`/routes/${i}/to`] : []));
  const written = ['canary', 'split', 'rollout', ...(owner === 'flagger' ? ['pins', 'routes'] : [])].filter(
    (word) => intent.value[word] !== undefined,
  );
  const places = [...written.map((word) => `/${word}`), ...(owner === 'flagger' ? [] : shares)];
  return places.map((place) => ({ owner, place, service: intent.name }));
}

/** Flagger writes the name, hosts and gateways of its VirtualService, too: as its Canary has them. */
function bindings(intent: Intent, resolved: readonly ResolvedIntent[]): readonly Claim[] {
  if (intent.kind !== 'service' || serviceWords(intent).weights !== 'flagger') return [];
  const asked = resolved.find((one) => one.intent === intent)?.virtualServices ?? [];
  // Whoever joins the VirtualService of the mesh at a gateway has both.
  const isExposed = asked.some(({ gateways }) => gateways.length > 1 && gateways.some(({ value }) => value === 'mesh'));
  const isRenamed = serviceWords(intent).names?.VirtualService !== undefined;
  const places = [...(isExposed ? ['/expose'] : []), ...(isRenamed ? ['/names/VirtualService'] : [])];
  return places.map((place) => ({ owner: 'flagger', place, service: intent.name }));
}

/** `to: {v1: 80, v2: 20}`, and no `{service: …}`. */
function sharesOut(to: object): boolean {
  return Object.values(to).filter((part) => typeof part === 'number').length > 1;
}
