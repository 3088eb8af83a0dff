import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

const headerFields: Readonly<Record<string, string>> = {
  appendRequestHeaders: 'headers.request.add',
  removeRequestHeaders: 'headers.request.remove',
  appendResponseHeaders: 'headers.response.add',
  removeResponseHeaders: 'headers.response.remove',
};

/** What Istio 1.5 took out of its API → what says the same now. */
const gone = {
  route: { ...headerFields, appendHeaders: 'headers.request.add', websocketUpgrade: undefined },
  destination: headerFields,
  abort: { percent: 'percentage: {value: …}' },
} as const;

/** A mesh reads the fields that its API has (istio/api networking/v1alpha3/virtual_service.proto, 1.4 against 1.5). */
export const fieldsStillRead = defineObjectRule<{ id: string; key: string }>({
  code: 'MS5127',
  name: 'fields-still-read',
  severity: 'error',
  summary: ({ id, key }) => `${id} has \`${key}\`, which Istio reads up to 1.4 only`,
  why: 'An API server drops fields that are gone, with a warning at best, and what they say with them.',
  fix: 'Write it as today, or leave it out where it has no successor.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 5 },
  check(object, report) {
    // As written: in `spec` everything has today's spelling.
    for (const { key, pointer, now } of goneFields(objectOr(object.manifest.body.spec))) {
      const hints = now === undefined ? ['WebSockets need nothing today: remove it'] : [`write \`${now}\``];
      report({ params: { id: titleOf(object), key }, pointer, part: 'key', hints });
    }
  },
});

interface GoneField {
  readonly key: string;
  readonly pointer: Pointer;
  readonly now: string | undefined;
}

function goneFields(spec: JsonObject): readonly GoneField[] {
  return listOr(spec.http).flatMap((entry, i) => {
    const route = objectOr(entry);
    const pointer = `/http/${i}`;
    return [
      ...namedIn(route, gone.route, pointer),
      ...listOr(route.route).flatMap((one, j) => namedIn(objectOr(one), gone.destination, `${pointer}/route/${j}`)),
      ...namedIn(objectOr(objectOr(route.fault).abort), gone.abort, `${pointer}/fault/abort`),
    ];
  });
}

function namedIn(map: JsonObject, names: Readonly<Record<string, string | undefined>>, pointer: Pointer): readonly GoneField[] {
  return Object.keys(map).flatMap((key) => (Object.hasOwn(names, key) ? [{ key, pointer: `${pointer}/${key}`, now: names[key] }] : []));
}
