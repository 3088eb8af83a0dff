import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { RouteDecision, RoutedDestination, RouteFailure } from '../model/routing.ts';

/** What becomes of a request, as the rest of a sentence about it: 'goes to v1 of reviews.bookinfo.svc.cluster.local (90 %) and …'. */
export function decisionWords({ kind, destinations, failure, redirect, directResponse }: RouteDecision): string {
  switch (kind) {
    case 'route':
      return `goes to ${listWords(destinations.map((one) => destinationWords(one, destinations.length > 1)))}`;
    case 'redirect':
      return `is redirected ${valueWords(redirect ?? {})}`;
    case 'direct-response':
      return `is answered at once ${valueWords(directResponse ?? {})}`;
    case 'passthrough':
      return 'passes through to the address it was for';
    case 'failure':
      return failure === undefined ? 'fails' : `fails: ${failureWords(failure)}`;
  }
}

export function destinationWords({ host, subset, port, percent, failure }: RoutedDestination, withShare: boolean): string {
  const name = `${subset === undefined ? '' : `${subset} of `}${host}:${port}`;
  return `${name}${withShare ? ` ${shareWords(percent)}` : ''}${failure === undefined || !withShare ? '' : ` [${failure.status ?? failure.flag}]`}`;
}

export function shareWords(percent: number): string {
  return `(${Number(percent.toFixed(2))} %)`;
}

export function failureWords({ status, flag, reason }: RouteFailure): string {
  return `${status === undefined ? flag : `${status} (${flag})`}, ${reason}`;
}

/** Destinations of copies, each with its percentage. */
export function mirrorsOf({ mirror, mirrorPercentage, mirrors }: JsonObject): readonly JsonObject[] {
  const one = isObject(mirror) ? [{ destination: mirror, percentage: mirrorPercentage }] : [];
  const all = [
    ...one,
    ...listOr(mirrors).map((entry) => ({ destination: objectOr(objectOr(entry).destination), percentage: objectOr(entry).percentage })),
  ];
  return all.map(({ destination, percentage }) => {
    const { port, ...rest } = destination;
    const number = objectOr(port).number;
    return { ...rest, ...(number === undefined ? {} : { port: number }), percentage: objectOr(percentage).value ?? 100 };
  });
}

/** A value on one line, as YAML has it. */
export function valueWords(value: Json): string {
  if (isList(value)) return `[${value.map(valueWords).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${valueWords(item)}`)
    .join(', ')}}`;
}
