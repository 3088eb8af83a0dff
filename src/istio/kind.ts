import type { Environment } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { byDefault, traced } from '../model/origin.ts';
import type { ObjectName, ResolvedIntent } from '../model/resolved.ts';
import type { View, ViewObject } from '../model/view.ts';
import { apiVersionOf } from './dialect.ts';

/** A kind that Mainsheet writes: which template draws it, and what that template may read for each object. */
export interface Kind {
  readonly kind: string;
  /** templates/<template>.hbs */
  readonly template: string;
  /** One view for each object of this kind that an intent asks for. */
  readonly views: (intent: ResolvedIntent, environment: Environment) => readonly ViewObject[];
}

/** apiVersion and metadata, the same for every kind. `annotations` are the compiler's own. */
export function metadataView(kind: string, object: ObjectName, environment: Environment, annotations?: JsonObject): ViewObject {
  const { minor, text } = environment.istio;
  const apiVersion = apiVersionOf(kind, minor) ?? apiVersionOf(kind, Number.MAX_SAFE_INTEGER) ?? 'networking.istio.io/v1';
  return {
    apiVersion: traced(apiVersion, byDefault(`the apiVersion of ${kind} in Istio ${text}`)),
    name: object.name,
    namespace: object.namespace,
    labels: Object.keys(environment.labels).length > 0 ? traced(environment.labels, originOf(environment, '/labels')) : undefined,
    annotations: annotations === undefined ? undefined : traced(annotations, byDefault('what Mainsheet tells the cluster')),
  };
}

/** An empty list is nothing to write. */
export function someOf(list: readonly View[]): View {
  return list.length > 0 ? list : undefined;
}
