import { type Diagnostic, diagnose, isError } from '../model/diagnostic.ts';
import { addressIn, type Intent, type IntentKind, intentKinds, intentTitle, type Layer, mergePatch, originOf } from '../model/intent.ts';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { escapeSegment, type Pointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { rememberedForParts } from '../model/remembered-for-parts.ts';
import { policyBlocks, routeFields } from '../model/words.ts';
import { knownIntentKind, uniqueIntent } from './diagnostics.ts';
import type { LoadedFolder } from './load-folder.ts';
import { judgeMerged, readIntentDocument } from './read-document.ts';

export interface LoadedIntents {
  readonly intents: readonly Intent[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All intents of an environment: each folder's documents merged by key in chain order, over the defaults. */
export function loadIntents(folders: readonly LoadedFolder[]): LoadedIntents {
  const diagnostics: Diagnostic[] = [];
  const defaults = collectDefaults(folders, diagnostics);
  const layersByKey = new Map<string, { readonly kind: IntentKind; readonly layers: Layer[] }>();
  for (const folder of folders) collectFolder(folder, layersByKey, diagnostics);
  const intents: Intent[] = [];
  // What is wrong in one layer is said once, where it is written; only layers that are fine each can contradict each other.
  const sound = !diagnostics.some(isError);
  for (const { kind, layers } of layersByKey.values()) {
    const intent = mergeLayers(kind, [...(defaults.get(kind) ?? []), ...layers]);
    if (sound && intent.layers.length > 1) diagnostics.push(...contradictions(intent));
    intents.push(intent);
  }
  return { intents, diagnostics };
}

const contradictions = rememberedFor((intent: Intent) =>
  judgeMerged(intent.kind, intent.value, (pointer, part) => originOf(intent, pointer, part).at),
);

function collectDefaults(folders: readonly LoadedFolder[], diagnostics: Diagnostic[]): ReadonlyMap<IntentKind, readonly Layer[]> {
  const byKind = new Map<IntentKind, Layer[]>();
  for (const { environmentFile, environment } of folders) {
    for (const kind of intentKinds) {
      const words = isObject(environment.defaults) ? environment.defaults[kind] : environment.defaults;
      // As everywhere, null takes away what lower folders say.
      if (words === null) byKind.delete(kind);
      if (!isObject(words)) continue;
      const read = readIntentDocument(kind, words, { kind: 'environment', file: environmentFile, document: 0, base: `/defaults/${kind}` });
      diagnostics.push(...read.diagnostics);
      byKind.set(kind, [...(byKind.get(kind) ?? []), read.layer]);
    }
  }
  return byKind;
}

function collectFolder(
  folder: LoadedFolder,
  layersByKey: Map<string, { readonly kind: IntentKind; readonly layers: Layer[] }>,
  diagnostics: Diagnostic[],
): void {
  const seen = new Map<string, Layer>();
  for (const { file, index, value } of folder.documents) {
    const kind = intentKinds.find((candidate) => value[candidate] !== undefined);
    if (kind === undefined) {
      diagnostics.push(notAnIntent(value, { file, document: index, pointer: '' }));
      continue;
    }
    const read = readIntentDocument(kind, value, { kind: 'intent', file, document: index, base: '' });
    diagnostics.push(...read.diagnostics);
    const { namespace } = value;
    const identity = { kind, name: String(value[kind]), ...(typeof namespace === 'string' ? { namespace } : {}) };
    const title = intentTitle(identity);
    const twin = seen.get(title);
    if (twin !== undefined) diagnostics.push(writtenTwice(title, folder.name, kind, read.layer, twin));
    seen.set(title, read.layer);
    const known = layersByKey.get(title);
    if (known === undefined) layersByKey.set(title, { kind, layers: [read.layer] });
    else known.layers.push(read.layer);
  }
}

function notAnIntent(value: JsonObject, at: { readonly file: string; readonly document: number; readonly pointer: Pointer }): Diagnostic {
  const key = Object.keys(value)[0] ?? '';
  const place = { ...at, pointer: key === '' ? '' : `/${key}`, part: 'key' as const };
  return diagnose(knownIntentKind, { params: { key }, at: place, hints: didYouMean(key, intentKinds) });
}

function writtenTwice(title: string, folder: string, kind: IntentKind, layer: Layer, twin: Layer): Diagnostic {
  return diagnose(uniqueIntent, {
    params: { title, folder },
    at: addressIn(layer, `/${kind}`),
    related: [{ message: 'first written here', at: addressIn(twin, `/${kind}`) }],
  });
}

const nullMeansDefault = new RegExp(`^/(versions|ports)/[^/]+(/ports/[^/]+)?/(${policyBlocks.join('|')})$`);

const nullSwitchesOff = new RegExp(`^/(routes|pins|expose/\\d+/routes|hosts/[^/]+)/\\d+/(${routeFields.join('|')})$`);

/** A list replaces what lies beneath it, so in its items null only ever means "absent", but for a field that it switches off. */
function withoutListNulls(value: Json, pointer: Pointer, inList: boolean): Json {
  if (isList(value)) {
    const items = value.map((item, i) => withoutListNulls(item, `${pointer}/${i}`, true));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isObject(value)) return value;
  return mapItems(value, (item, place) => {
    if (item === null) return inList && !nullSwitchesOff.test(pointer + place) ? undefined : item;
    return withoutListNulls(item, pointer + place, inList);
  });
}

/** The same object where no entry changes; an entry that becomes undefined is left out. */
function mapItems(value: JsonObject, change: (item: Json, place: Pointer) => Json | undefined): JsonObject {
  let changed = false;
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    const next = change(item, `/${escapeSegment(key)}`);
    if (next !== item) changed = true;
    if (next !== undefined) kept[key] = next;
  }
  return changed ? kept : value;
}

const intentOf = rememberedForParts<Layer, Intent>();

/** An intent of layers, lowest first; the same layers are the same intent. */
export function mergeLayers(kind: IntentKind, layers: readonly Layer[]): Intent {
  return intentOf(layers, () => merged(kind, layers));
}

function merged(kind: IntentKind, layers: readonly Layer[]): Intent {
  const sum = layers.reduce<JsonObject>(
    (beneath, layer) => mergePatch(beneath, layer.value, (pointer) => nullMeansDefault.test(pointer)),
    {},
  );
  const value = mapItems(sum, (item, pointer) => withoutListNulls(item, pointer, false));
  const { namespace } = value;
  // A namespace from defaults places the objects but is no part of the identity.
  const written = layers.some((layer) => layer.kind === 'intent' && layer.value.namespace !== undefined);
  const identity = { kind, name: String(value[kind]), ...(written && typeof namespace === 'string' ? { namespace } : {}) };
  return { ...identity, value, layers };
}
