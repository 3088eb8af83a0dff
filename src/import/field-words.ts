import { isObject, type Json, type JsonObject, sameJson } from '../model/json.ts';
import { type RouteField, routeFields } from '../model/words.ts';
import type { Fields } from './http-entry.ts';
import type { ServiceFrame } from './service-frame.ts';

const mirrorFields: readonly RouteField[] = ['mirror', 'mirrorPercentage', 'mirrors'];

/** What a route has to say for its fields to be these, where it inherits those; null takes one away. The mirror words speak together. */
export function ownFields(fields: Fields, inherited: Fields, frame: ServiceFrame): JsonObject {
  const words: Record<string, Json> = {};
  const isMirroredAlike = mirrorFields.every((field) => sameJson(fields[field], inherited[field]));
  for (const field of routeFields) {
    const value = fields[field];
    if (mirrorFields.includes(field)) {
      if (isMirroredAlike) continue;
      if (value !== undefined) words[field] = field === 'mirror' ? mirrorWord(value, frame) : value;
      // Taking a mirror away takes its percentage with it.
      else if (
        inherited[field] !== undefined &&
        field !== 'mirrorPercentage' &&
        fields.mirror === undefined &&
        fields.mirrors === undefined
      )
        words[field] = null;
    } else if (!sameJson(value, inherited[field])) words[field] = value ?? null;
  }
  return words;
}

/** A version of the service itself by its name; any other destination as Istio writes it. */
function mirrorWord(mirror: Json, { fqdn, qualify, versions }: ServiceFrame): Json {
  if (!isObject(mirror) || typeof mirror.host !== 'string' || typeof mirror.subset !== 'string') return mirror;
  return qualify(mirror.host) === fqdn && mirror.port === undefined && versions.includes(mirror.subset) ? mirror.subset : mirror;
}
