import type { LoadedEnvironment } from '../model/environment.ts';
import { type Intent, intentTitle } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson, stableJson } from '../model/json.ts';
import { invariant } from '../model/result.ts';
import { routeFields } from '../model/words.ts';
import { introduced, isNewWithPolicy, type Pair, released, wayOut } from './unseen-externals.ts';

/** The states between an old and a new environment, as intents. */
export interface PhaseIntents {
  /** The old one, and what the new one needs to be there: versions, ports, hosts, externals. */
  readonly expand: LoadedEnvironment;
  /** The same, with the new one's policies for what both have. */
  readonly expandWithPolicies: LoadedEnvironment;
  /**
   * `expand`, with each new external that has a policy hidden, and each new way out at its gateway alone: all is there before anyone is
   * led by it. Undefined where there is no such external.
   */
  readonly introduce: LoadedEnvironment | undefined;
  /** `shift`, with each way out that nobody takes any more still at its gateway. Undefined where there is no such. */
  readonly release: LoadedEnvironment | undefined;
  /** The new one, with what the old one's routes may still lead to. */
  readonly shift: LoadedEnvironment;
}

/** Words that say where requests go; all others say what there is to go to. */
const routingWords: readonly string[] = [
  ...['stable', 'previous', 'canary', 'split', 'weights', 'pins', 'routes', 'expose', 'virtualService', 'via', 'patches'],
  ...routeFields,
];

export function phaseIntents(before: LoadedEnvironment, after: LoadedEnvironment): PhaseIntents {
  // What the environment itself narrows waits for the end; all else it says holds from the start.
  const { sidecars, authorization } = before.environment;
  const { authorization: _, ...rest } = after.environment;
  const environment = { ...rest, sidecars, ...(authorization === undefined ? {} : { authorization }) };
  const frame = (intents: readonly Intent[], manifests: LoadedEnvironment['manifests']): LoadedEnvironment => ({
    ...after,
    environment,
    intents,
    manifests,
  });
  const pairs = paired(before.intents, after.intents);
  const handWritten = passedBetween(before, after);
  return {
    expand: frame(
      pairs.map(({ old, now }) => expanded(old, now, 'old')),
      handWritten.expand,
    ),
    expandWithPolicies: frame(
      pairs.map(({ old, now }) => expanded(old, now, 'new')),
      handWritten.expand,
    ),
    introduce: pairs.some((pair) => isNewWithPolicy(pair) || wayOut(pair) === 'new')
      ? frame(
          pairs.map((pair) => introduced(pair, expanded(pair.old, pair.now, 'old'))),
          handWritten.expand,
        )
      : undefined,
    release: pairs.some((pair) => wayOut(pair) === 'gone')
      ? frame(
          pairs.map((pair) => released(pair, shifted(pair.old, pair.now))),
          handWritten.shift,
        )
      : undefined,
    shift: frame(
      pairs.map(({ old, now }) => shifted(old, now)),
      handWritten.shift,
    ),
  };
}

function paired(before: readonly Intent[], after: readonly Intent[]): readonly Pair[] {
  const old = new Map(before.map((intent) => [intentTitle(intent), intent]));
  const now = new Map(after.map((intent) => [intentTitle(intent), intent]));
  const titles = [...new Set([...now.keys(), ...old.keys()])];
  return titles.map((title) => {
    const [was, is] = [old.get(title), now.get(title)];
    return { ...(was === undefined ? {} : { old: was }), ...(is === undefined ? {} : { now: is }) };
  });
}

function expanded(old: Intent | undefined, now: Intent | undefined, policies: 'old' | 'new'): Intent {
  if (old === undefined) return withValue(now, withoutRouting(now));
  if (now === undefined) return old;
  const said = policies === 'old' ? old.value : { ...withoutRouting(now), ...onlyRouting(old) };
  return withValue(old, widened(old.kind, said, old.value, now.value));
}

function shifted(old: Intent | undefined, now: Intent | undefined): Intent {
  if (now === undefined) return withValue(old, withoutRouting(old));
  return old === undefined ? now : withValue(now, widened(now.kind, now.value, old.value, now.value));
}

function withValue(intent: Intent | undefined, value: JsonObject): Intent {
  invariant(intent !== undefined, 'a phase is made of an intent that is there before or after');
  return { ...intent, value };
}

/** A gateway's shared hosts are routes, its servers are not. */
function withoutRouting(intent: Intent | undefined): JsonObject {
  const words = intent?.kind === 'gateway' ? ['hosts'] : routingWords;
  return Object.fromEntries(Object.entries(intent?.value ?? {}).filter(([word]) => !words.includes(word)));
}

function onlyRouting(intent: Intent): JsonObject {
  const kept = withoutRouting(intent);
  return Object.fromEntries(Object.entries(intent.value).filter(([word]) => kept[word] === undefined));
}

/**
 * Some words, and with them all that either side has to go to: versions, ports, hosts. Their order is the same in every
 * state, so that none changes it by the way; where both sides have an entry, it is as `said` has it.
 */
function widened(kind: Intent['kind'], said: JsonObject, old: JsonObject, now: JsonObject): JsonObject {
  const value: Record<string, Json> = { ...said };
  const union = (word: string, joined: Json | undefined): void => {
    if (joined !== undefined) value[word] = joined;
  };
  if (kind === 'gateway') {
    union('servers', serversOfBoth(old.servers, now.servers));
    if (isObject(said.hosts)) {
      const other = said.hosts === old.hosts ? now.hosts : old.hosts;
      union('hosts', sharedHostsOfBoth(said.hosts, objectOr(other)));
    }
    return value;
  }
  // A plan leads no request anywhere: it is there from the start, as it is written, and drives the phases as well.
  if (now.rollout === undefined) delete value.rollout;
  else value.rollout = now.rollout;
  for (const word of ['versions', 'ports']) union(word, mapsOfBoth(objectOr(said[word]), old[word], now[word]));
  for (const word of ['dependsOn', 'allowFrom']) union(word, listsOfBoth(old[word], now[word]));
  if (kind === 'external') for (const word of ['hosts', 'addresses', 'subjectAltNames']) union(word, listsOfBoth(old[word], now[word]));
  return value;
}

function mapsOfBoth(said: JsonObject, old: Json | undefined, now: Json | undefined): Json | undefined {
  if (!isObject(old) && !isObject(now)) return undefined;
  const keys = inBothOrders(Object.keys(objectOr(old)), Object.keys(objectOr(now)));
  return Object.fromEntries(keys.map((key) => [key, said[key] ?? objectOr(now)[key] ?? objectOr(old)[key] ?? {}]));
}

function listsOfBoth(old: Json | undefined, now: Json | undefined): Json | undefined {
  if (old === undefined && now === undefined) return undefined;
  const items = new Map([...listOr(old), ...listOr(now)].map((item) => [stableJson(item), item]));
  return inBothOrders(listOr(old).map(stableJson), listOr(now).map(stableJson)).flatMap((key) => items.get(key) ?? []);
}

/** The new order, and what only the old one has behind what it stood behind there. */
function inBothOrders(old: readonly string[], now: readonly string[]): readonly string[] {
  const all = [...now];
  for (const [i, key] of old.entries()) {
    if (now.includes(key)) continue;
    const before = old[i - 1];
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, key);
  }
  return all;
}

/** Servers of one port and its TLS are one, for the hosts of both. */
function serversOfBoth(own: Json | undefined, more: Json | undefined): Json | undefined {
  const servers = new Map<string, JsonObject>();
  for (const server of [...listOr(own), ...listOr(more)].map(objectOr)) {
    const { hosts, ...rest } = server;
    const key = stableJson(rest);
    const known = servers.get(key);
    servers.set(key, known === undefined ? server : { ...known, hosts: listsOfBoth(known.hosts, hosts) ?? [] });
  }
  return own === undefined && more === undefined ? undefined : [...servers.values()];
}

/** The other side's entries come behind those of this one, and before whatever takes the rest. */
function sharedHostsOfBoth(own: JsonObject, more: JsonObject): JsonObject {
  const hosts: Record<string, Json> = { ...own };
  for (const [host, items] of Object.entries(more)) {
    const mine = listOr(own[host]);
    const lacking = listOr(items).filter((item) => !mine.some((one) => sameJson(one, item)));
    if (own[host] === undefined) continue;
    const last = mine.findIndex((item) => objectOr(item).match === undefined);
    const narrow = lacking.filter((item) => objectOr(item).match !== undefined);
    const rest = lacking.filter((item) => objectOr(item).match === undefined);
    hosts[host] = last === -1 ? [...mine, ...lacking] : [...mine.slice(0, last), ...narrow, ...mine.slice(last), ...rest];
  }
  return hosts;
}

/** Hand-written objects: those that routes may lead to come first and go last. */
function passedBetween(before: LoadedEnvironment, after: LoadedEnvironment) {
  const key = ({ body }: LoadedEnvironment['manifests'][number]): string => {
    const { name, namespace } = objectOr(body.metadata);
    return stableJson([body.kind ?? null, namespace ?? null, name ?? null]);
  };
  const isRoute = ({ body }: LoadedEnvironment['manifests'][number]) => body.kind === 'VirtualService';
  const [old, now] = [new Set(before.manifests.map(key)), new Set(after.manifests.map(key))];
  return {
    expand: [...before.manifests, ...after.manifests.filter((one) => !old.has(key(one)) && !isRoute(one))],
    shift: [...after.manifests, ...before.manifests.filter((one) => !now.has(key(one)) && !isRoute(one))],
  };
}
