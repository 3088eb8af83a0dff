import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';

/** The same objects, had they been written for another namespace: wherever its name stands as a word of its own, in names of hosts too. */
export function alignedManifests(manifests: readonly Manifest[], from: string, to: string): readonly Manifest[] {
  return manifests.map((manifest) => ({
    ...manifest,
    ...(manifest.namespace === from ? { namespace: to } : {}),
    body: alignedObject(manifest.body, from, to),
  }));
}

export function alignedObject(value: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, aligned(member, from, to)]));
}

function aligned(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') return alignedText(value, from, to);
  if (isList(value)) return value.map((item) => aligned(item, from, to));
  return isObject(value) ? alignedObject(value, from, to) : value;
}

/** 'a' is no word of 'a-b' or 'ba'. */
function alignedText(text: string, from: string, to: string): string {
  if (!text.includes(from)) return text;
  const parts = text.split(/([A-Za-z0-9-]+)/);
  return parts.map((part) => (part === from ? to : part)).join('');
}
