import { isList, isObject, type Json } from '../model/json.ts';
import type { RouteDecision, RoutedDestination } from '../model/routing.ts';

/** 'reviews.bookinfo.svc.cluster.local:9080 v1 90 %, … v3 10 % (503 NC: there is no …)'; `also` says more of a destination. */
export function decisionWords(
  { kind, destinations, failure, redirect, directResponse, assumptions }: RouteDecision,
  also: (destination: RoutedDestination) => string = () => '',
): string {
  switch (kind) {
    case 'failure':
      return `${failure?.status ?? 'a reset'} (${failure?.flag ?? ''}): ${failure?.reason ?? ''}`;
    case 'redirect':
      return `a redirect ${valueWords(redirect ?? {})}`;
    case 'direct-response':
      return `an answer at once ${valueWords(directResponse ?? {})}`;
    case 'passthrough':
      return 'passed through without a route';
    case 'route': {
      const shares = destinations.map((destination) => {
        const { host, subset, port, percent, failure: own } = destination;
        const wrong = own === undefined ? '' : ` (${own.status ?? ''} ${own.flag}: ${own.reason})`;
        return `${host}:${port}${subset === undefined ? '' : ` ${subset}`}${also(destination)} ${Number(percent.toFixed(2))} %${wrong}`;
      });
      return [shares.join(', '), ...assumptions].join('; ');
    }
  }
}

/** JSON as YAML has it on one line. */
export function valueWords(value: Json): string {
  if (isList(value)) return `[${value.map(valueWords).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${valueWords(key)}: ${valueWords(item)}`)
      .join(', ')}}`;
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z_/][\w./*-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
