import { isList, isObject, type Json, type JsonObject, listOr } from '../../model/json.ts';
import { joinPointer, type Pointer } from '../../model/pointer.ts';
import type { ForbiddenHabit } from '../../model/rollout.ts';

/** Where an intent says what `guardrails.forbid` may refuse. Long forms; a word that is `null` switches off and says nothing. */
export function habitPlaces(habit: ForbiddenHabit, value: JsonObject): readonly Pointer[] {
  switch (habit) {
    case 'fault':
      return routingParts(value).flatMap(([pointer, part]) => said(part, pointer, ['fault']));
    case 'mirror':
      return [
        ...routingParts(value).flatMap(([pointer, part]) => said(part, pointer, ['mirror', 'mirrors'])),
        ...(isObject(value.canary) && value.canary.mirror !== 0 ? said(value.canary, '/canary', ['mirror']) : []),
      ];
    case 'pins':
      return listOr(value.pins).length > 0 ? ['/pins'] : [];
    case 'patches':
      return listOr(value.patches).length > 0 ? ['/patches'] : [];
    case 'wildcard-host':
      return hostLists(value).flatMap(([pointer, hosts]) => hosts.flatMap((host, i) => (isWildcard(host) ? [`${pointer}/${i}`] : [])));
    case 'wildcard-export':
      return listOr(value.exportTo).flatMap((space, i) => (space === '*' ? [`/exportTo/${i}`] : []));
    case 'allow-from':
      return listOr(value.allowFrom).length > 0 ? ['/allowFrom'] : [];
  }
}

/** The intent itself and all in it that can say fields of a route. */
function routingParts(value: JsonObject): readonly (readonly [Pointer, JsonObject])[] {
  const items = (list: Json | undefined, pointer: Pointer) =>
    listOr(list).flatMap((item, i): readonly (readonly [Pointer, JsonObject])[] => (isObject(item) ? [[`${pointer}/${i}`, item]] : []));
  const shared = isObject(value.hosts)
    ? Object.entries(value.hosts).flatMap(([host, list]) => items(list, joinPointer('/hosts', host)))
    : [];
  const exposed = items(value.expose, '/expose').flatMap(([pointer, { routes }]) => items(routes, `${pointer}/routes`));
  return [['', value], ...items(value.routes, '/routes'), ...items(value.pins, '/pins'), ...exposed, ...shared];
}

function said(part: JsonObject, pointer: Pointer, words: readonly string[]): readonly Pointer[] {
  return words.filter((word) => part[word] !== undefined && part[word] !== null).map((word) => `${pointer}/${word}`);
}

/** Hosts that outsiders call: of exposures, of a gateway's servers and its shared hosts. */
function hostLists(value: JsonObject): readonly (readonly [Pointer, readonly Json[]])[] {
  const parts = (['expose', 'servers'] as const).flatMap((word) =>
    listOr(value[word]).flatMap((part, i): readonly (readonly [Pointer, readonly Json[]])[] =>
      isObject(part) && isList(part.hosts) ? [[`/${word}/${i}/hosts`, part.hosts]] : [],
    ),
  );
  return isList(value.hosts) ? [...parts, ['/hosts', value.hosts]] : parts;
}

/** `*`, `*.example.com`, or either behind a namespace as servers of gateways may have it. */
function isWildcard(host: Json): boolean {
  return typeof host === 'string' && (host.split('/').at(-1) ?? '').startsWith('*');
}
