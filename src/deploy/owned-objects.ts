import type { OwnedObject } from '../model/deployment.ts';
import type { Intent } from '../model/intent.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import { serviceWords } from '../model/words.ts';

/**
 * The fields of rendered objects that another controller writes, where services say `weights:`. Argo Rollouts moves weights and marks
 * subsets with the pods they mean (utils/trafficrouting/istio); Flagger writes the whole of the VirtualService that has its Canary's name
 * (pkg/router/istio.go).
 */
export function ownedObjects(intents: readonly Intent[], manifests: readonly Manifest[]): readonly OwnedObject[] {
  return intents.flatMap((intent) => {
    const owner = intent.kind === 'service' ? (serviceWords(intent).weights ?? 'git') : 'git';
    if (owner === 'git') return [];
    const own = manifests.filter((manifest) => manifest.owner.kind === 'service' && isOf(manifest, intent));
    return own.flatMap((manifest): readonly OwnedObject[] => {
      const fields = owner === 'flagger' ? flaggerFields(manifest, intent) : rolloutsFields(manifest);
      const { kind, name, namespace } = manifest;
      const group = manifest.apiVersion.split('/')[0] ?? '';
      return fields.paths.length === 0 ? [] : [{ owner, group, kind, name, ...(namespace === undefined ? {} : { namespace }), ...fields }];
    });
  });
}

function isOf({ owner }: Manifest, { name, namespace }: Intent): boolean {
  return owner.name === name && owner.namespace === namespace;
}

type Fields = Pick<OwnedObject, 'pointers' | 'paths'>;

const none: Fields = { pointers: [], paths: [] };

function flaggerFields({ kind, name }: Manifest, intent: Intent): Fields {
  return kind === 'VirtualService' && name === intent.name ? { pointers: ['/spec'], paths: ['.spec'] } : none;
}

function rolloutsFields({ kind, body }: Manifest): Fields {
  const spec = objectOr(body.spec);
  if (kind === 'DestinationRule') return hashFields(spec);
  return kind === 'VirtualService' ? weightFields(spec) : none;
}

const podHash = 'rollouts-pod-template-hash';

function hashFields({ subsets }: JsonObject): Fields {
  const pointers = listOr(subsets).map((_, i) => `/spec/subsets/${i}/labels/${podHash}`);
  return pointers.length === 0 ? none : { pointers, paths: [`.spec.subsets[].labels."${podHash}"`] };
}

/** A route that redirects has no destinations; jq stops at one unless it is told not to. */
function weightFields(spec: JsonObject): Fields {
  const lists = ['http', 'tls', 'tcp'].map((list) => ({ list, routes: listOr(spec[list]).filter(isObject) }));
  const said = lists.filter(({ routes }) => routes.length > 0);
  return {
    pointers: said.flatMap(({ list, routes }) => routes.flatMap((route, i) => weightPointers(route, `/spec/${list}/${i}`))),
    paths: said.map(({ list, routes }) => `.spec.${list}[].route[]${routes.every(({ route }) => route !== undefined) ? '' : '?'}.weight`),
  };
}

/** A lone destination has all of the traffic, and no weight. */
function weightPointers({ route }: JsonObject, at: Pointer): readonly Pointer[] {
  const destinations = listOr(route);
  return destinations.length < 2 ? [] : destinations.map((_, i) => `${at}/route/${i}/weight`);
}
