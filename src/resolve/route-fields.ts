import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { RouteFields } from '../model/resolved.ts';
import { type RouteField, type RouteFieldWords, routeFields } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { destinationGoal, reportBareHost } from './destinations.ts';
import { mirrorNamesVersion, severalMirrorsSupported } from './reference-diagnostics.ts';
import type { Target } from './service.ts';

/** Fields that an answer without a destination can still carry. */
const answerFields = new Set<RouteField>(['headers', 'corsPolicy']);

const mirrorWords: readonly RouteField[] = ['mirror', 'mirrorPercentage', 'mirrors'];

/** Which HTTPRoute fields hold: the innermost that says something; null switches an inherited one off. The mirror words speak together. */
export function overlayFields(inherited: RouteFields, own: OwnFields): RouteFields {
  const ownMirror = own.fields.mirror !== undefined || own.fields.mirrors !== undefined;
  const fields: Partial<Record<RouteField, Traced>> = {};
  for (const field of routeFields) {
    if (own.off.has(field)) continue;
    const value = own.fields[field] ?? (ownMirror && mirrorWords.includes(field) ? undefined : inherited[field]);
    if (value !== undefined) fields[field] = value;
  }
  return fields;
}

export function answerOnly(fields: RouteFields): RouteFields {
  const kept: Partial<Record<RouteField, Traced>> = {};
  for (const field of routeFields) if (answerFields.has(field) && fields[field] !== undefined) kept[field] = fields[field];
  return kept;
}

export interface OwnFields {
  readonly fields: RouteFields;
  readonly off: ReadonlySet<RouteField>;
}

/** The HTTPRoute fields written at `pointer` of an intent. */
export function readFields(context: ResolveContext, target: Target, words: RouteFieldWords, pointer: Pointer): OwnFields {
  const fields: Partial<Record<RouteField, Traced>> = {};
  const off = new Set<RouteField>();
  for (const field of routeFields) {
    const value = words[field];
    if (value === undefined) continue;
    if (value === null) off.add(field);
    else if (field !== 'mirror') fields[field] = traced(value, originOf(target.intent, `${pointer}/${field}`));
  }
  if (off.has('mirror')) off.add('mirrorPercentage');
  reportBareMirrors(context, target, words.mirrors, `${pointer}/mirrors`);
  const mirror = mirrorFields(context, target, words, pointer);
  // Shares of a mirror carry the percentage each.
  if (mirror.mirrors !== undefined) delete fields.mirrorPercentage;
  return { fields: { ...fields, ...mirror }, off };
}

/** `mirror` in the intent's words (a version, a service, an external, a host) as Istio's destination. */
function mirrorFields(context: ResolveContext, target: Target, words: RouteFieldWords, pointer: Pointer): RouteFields {
  const { mirror } = words;
  if (mirror === undefined || mirror === null) return {};
  const at = originOf(target.intent, `${pointer}/mirror`);
  const goal = destinationGoal(context, target, mirror, `${pointer}/mirror`);
  if (goal === undefined) return {};
  const destinations = mirrorDestinations(goal);
  const [only] = destinations;
  if (only === undefined) {
    context.report(mirrorNamesVersion, { params: {}, at: at.at });
    return {};
  }
  if (destinations.length === 1) return { mirror: traced(only.destination, at) };
  if (context.environment.istio.minor < 20)
    context.report(severalMirrorsSupported, { params: { mesh: context.environment.istio.text }, at: at.at });
  const share = isObject(words.mirrorPercentage) && typeof words.mirrorPercentage.value === 'number' ? words.mirrorPercentage.value : 100;
  const mirrors = destinations.map(({ destination, part }) => ({ destination, percentage: { value: Number((part * share).toFixed(6)) } }));
  return { mirrors: traced<Json>(mirrors, at) };
}

/** `mirrors` is Istio's own form: its hosts are judged like those of any destination. */
function reportBareMirrors(context: ResolveContext, target: Target, mirrors: Json | undefined, pointer: Pointer): void {
  for (const [i, entry] of listOr(mirrors).entries()) {
    const { host, subset } = objectOr(objectOr(entry).destination);
    if (typeof host === 'string' && subset === undefined)
      reportBareHost(context, target, host, originOf(target.intent, `${pointer}/${i}/destination/host`).at);
  }
}

interface MirrorDestination {
  readonly destination: JsonObject;
  /** 0..1 of the mirrored requests. */
  readonly part: number;
}

function mirrorDestinations(goal: ReturnType<typeof destinationGoal>): readonly MirrorDestination[] {
  if (goal === undefined) return [];
  if (goal.kind === 'host') return [{ destination: plainDestination(goal.host.value, goal.subset?.value, goal.port?.value), part: 1 }];
  if (goal.kind !== 'shares') return [];
  const total = goal.shares.reduce((sum, share) => sum + (share.weight?.value ?? 1), 0);
  return goal.shares.map((share) => ({
    destination: plainDestination(goal.target.host.value, share.subset?.value, goal.port?.value),
    part: (share.weight?.value ?? 1) / total,
  }));
}

export function plainDestination(host: string, subset: string | undefined, port: number | undefined): JsonObject {
  return { host, ...(subset === undefined ? {} : { subset }), ...(port === undefined ? {} : { port: { number: port } }) };
}
