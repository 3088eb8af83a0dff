import type { SchemaValidator } from '../document/validate.ts';
import { validate } from '../document/validate.ts';
import * as validators from '../generated/validators.js';
import { type DialectShape, modernize } from '../istio/dialect.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { addressIn, type IntentKind, type Layer, type Move, withoutNulls } from '../model/intent.ts';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { escapeSegment, type Pointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { RepoPath } from '../model/source.ts';
import { expandShortForms } from './expand-short-forms.ts';

const schemaOf: Readonly<Record<IntentKind, SchemaValidator>> = {
  service: validators.service,
  gateway: validators.gateway,
  external: validators.external,
  train: validators.train,
};

/** Where Istio's own messages stand in an intent ('*' = every entry), so that spellings of other Istio versions can be read. */
const istioShapes: Readonly<Record<IntentKind, readonly (readonly [string, DialectShape])[]>> = {
  service: routingShapes(),
  external: routingShapes(),
  gateway: [
    ['servers.*', 'Server'],
    ['hosts.*.*', 'HTTPRoute'],
  ],
  train: [],
};

function routingShapes(): readonly (readonly [string, DialectShape])[] {
  return [
    ['', 'HTTPRoute'],
    ['', 'TrafficPolicy'],
    ['routes.*', 'HTTPRoute'],
    ['pins.*', 'HTTPRoute'],
    ['expose.*.routes.*', 'HTTPRoute'],
    ['ports.*', 'TrafficPolicy'],
    ['versions.*', 'TrafficPolicy'],
    ['versions.*.ports.*', 'TrafficPolicy'],
  ];
}

export interface ReadDocument {
  readonly layer: Layer;
  readonly diagnostics: readonly Diagnostic[];
}

interface DocumentSource {
  readonly kind: Layer['kind'];
  readonly file: RepoPath;
  readonly document: number;
  readonly base: Pointer;
}

/** What was parsed once may stand in several files. */
const readings = rememberedFor((_written: JsonObject) => new Map<string, ReadDocument>());

/**
 * One document of an intent (or the environment's defaults for its kind) as a layer: spelled today's way, judged by its schema, short forms
 * written out. The same document of the same place is the same layer.
 */
export function readIntentDocument(kind: IntentKind, written: JsonObject, source: DocumentSource): ReadDocument {
  const known = readings(written);
  const key = [kind, source.kind, source.document, source.base, source.file].join(' ');
  const read = known.get(key) ?? readAnew(kind, written, source);
  known.set(key, read);
  return read;
}

function readAnew(kind: IntentKind, written: JsonObject, source: DocumentSource): ReadDocument {
  const { modern, renames, value, moves } = readWords(kind, written);
  const layer: Layer = { ...source, value, moves: [renames, moves] };
  const asWritten: Layer = { ...layer, value: modern, moves: [renames] };
  // Defaults carry no kind key of their own; the schema wants one.
  const judged = source.base === '' ? modern : { [kind]: 'default', ...modern };
  const diagnostics = validate(schemaOf[kind], withoutNulls(judged), (pointer, part) => addressIn(asWritten, pointer, part));
  return { layer, diagnostics };
}

/** Spelled today's way, then with short forms written out. */
function readWords(kind: IntentKind, written: JsonObject) {
  const renames: Move[] = [];
  const modern = istioShapes[kind].reduce(
    (value, [path, shape]) => rewriteAt(value, path === '' ? [] : path.split('.'), '', shape, renames),
    written,
  );
  return { modern, renames, ...expandShortForms(kind, modern) };
}

/** What a layer says is still to come, as a layer above it; undefined where it says nothing. The schema has judged it with the document. */
export function nextLayer(kind: IntentKind, layer: Layer): Layer | undefined {
  const { next } = layer.value;
  if (!isObject(next)) return undefined;
  const { renames, value, moves } = readWords(kind, next);
  return { ...layer, base: `${layer.base}/next`, value, moves: [renames, moves] };
}

/** The merged value must satisfy the schema as well: two layers, each fine, can contradict each other. */
export function judgeMerged(
  kind: IntentKind,
  value: JsonObject,
  at: (pointer: Pointer, part?: 'key' | 'value') => Diagnostic['at'],
): readonly Diagnostic[] {
  return validate(schemaOf[kind], withoutNulls(value), at);
}

function rewriteAt<T extends Json>(value: T, path: readonly string[], place: Pointer, shape: DialectShape, renames: Move[]): T;
function rewriteAt(value: Json, path: readonly string[], place: Pointer, shape: DialectShape, renames: Move[]): Json {
  const [head, ...rest] = path;
  if (head === undefined) return isObject(value) ? modernized(value, place, shape, renames) : value;
  if (head !== '*')
    return isObject(value) && value[head] !== undefined
      ? withEntry(value, head, rewriteAt(value[head], rest, `${place}/${head}`, shape, renames))
      : value;
  if (isList(value))
    return sameList(
      value,
      value.map((item, index) => rewriteAt(item, rest, `${place}/${index}`, shape, renames)),
    );
  if (!isObject(value)) return value;
  return Object.entries(value).reduce<JsonObject>(
    (map, [key, item]) => withEntry(map, key, rewriteAt(item, rest, `${place}/${escapeSegment(key)}`, shape, renames)),
    value,
  );
}

function modernized(value: JsonObject, place: Pointer, shape: DialectShape, renames: Move[]): JsonObject {
  const modern = modernize(shape, value);
  for (const { from, to } of modern.renames) renames.push({ from: place + from, to: place + to });
  return modern.value;
}

function withEntry(map: JsonObject, key: string, item: Json): JsonObject {
  return map[key] === item ? map : { ...map, [key]: item };
}

function sameList(before: readonly Json[], after: readonly Json[]): readonly Json[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}
