import { isList, isObject, type Json, type JsonObject, objectOr } from '../model/json.ts';

/**
 * Flux's postBuild replaces `${…}` in every manifest it applies (kustomize-controller, and since 1.9 fails on names it does not know).
 * An object that holds such a text says that it means it literally; Argo CD and kubectl ignore the annotation.
 */
export function withLiteralDollars(body: JsonObject): JsonObject {
  if (!holdsSubstitution(body)) return body;
  const metadata = objectOr(body.metadata);
  const annotations = { ...objectOr(metadata.annotations), 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
  return { ...body, metadata: { ...metadata, annotations } };
}

function holdsSubstitution(value: Json): boolean {
  if (typeof value === 'string') return value.includes('${');
  if (isList(value)) return value.some(holdsSubstitution);
  if (!isObject(value)) return false;
  for (const key in value) if (key.includes('${') || holdsSubstitution(value[key] ?? null)) return true;
  return false;
}
