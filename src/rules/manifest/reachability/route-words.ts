import type { RoutePart } from '../../../istio/virtual-service-parts.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import type { Pointer } from '../../../model/pointer.ts';
import type { Place } from '../../../model/source.ts';

/** What takes requests, and where it says so. */
export interface TakerPlace {
  readonly part: RoutePart;
  readonly pointer: Pointer;
}

/** 'route `debug` (`http[2]`)', as messages name routes; without a name 'route `http[2]`'. */
export function routeTitle({ list, index, route }: RoutePart): string {
  const place = `\`${list}[${index}]\``;
  return typeof route.name === 'string' && route.name !== '' ? `route \`${route.name}\` (${place})` : `route ${place}`;
}

/** 'match 2 of route `debug` (`http[2]`)', counted from 1. */
export function matchTitle(part: RoutePart, pointer: Pointer): string {
  const number = Number(pointer.slice(pointer.lastIndexOf('/') + 1)) + 1;
  return `match ${number} of ${routeTitle(part)}`;
}

/** '`http[0]` and `http[1]`', each once; of very many the first. */
export function routePlaces(takers: readonly TakerPlace[]): string {
  const places = [...new Set(takers.map(({ part: { list, index } }) => `\`${list}[${index}]\``))];
  return listWords(places.length > 3 ? [...places.slice(0, 3), `${places.length - 3} more`] : places);
}

/** The same as places to look at. */
export function takenPlaces(
  takers: readonly TakerPlace[],
  object: MeshObject,
): readonly { readonly message: string; readonly at: Place | undefined }[] {
  return [...new Set(takers.map(({ pointer }) => pointer))]
    .slice(0, 3)
    .map((pointer) => ({ message: 'taken here', at: object.at(pointer) }));
}
