import type { MeshRequest } from '../model/routing.ts';
import { addressWithin } from './address-range.ts';
import { claimHolds } from './claims.ts';
import type { Condition, Literal, TextDimension } from './literal.ts';
import { textHolds } from './solve-text.ts';

/** Whether a request meets a condition; undefined where that hangs on something that cannot be decided here. */
export function holds(condition: Condition, request: MeshRequest): boolean | undefined {
  let answer: boolean | undefined = true;
  for (const literal of condition) {
    const one = literalHolds(literal, request);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

export function literalHolds(literal: Literal, request: MeshRequest): boolean | undefined {
  switch (literal.of) {
    case 'text':
      return textHolds(literal, textOf(request, literal.dimension));
    case 'claim':
      return claimHolds(literal, request.claims ?? {});
    case 'address':
      return request.address === undefined ? undefined : addressWithin(request.address, literal.ranges) !== literal.negated;
    case 'opaque':
      return undefined;
  }
}

/** The text of a dimension; undefined where the request has none. */
export function textOf(request: MeshRequest, dimension: TextDimension): string | undefined {
  switch (dimension) {
    case 'method':
    case 'scheme':
    case 'path':
      return request[dimension];
    case 'authority':
      return request.authority ?? request.host;
    case 'gateway':
      return request.gateway ?? 'mesh';
    case 'port':
      return String(request.port);
    case 'namespace':
      return request.source.namespace;
    case 'sni':
      return request.protocol === 'tls' ? request.host.toLowerCase() : undefined;
  }
  const { list, name } = entryOf(dimension);
  const entries = list === 'headers' ? request.headers : list === 'query' ? request.query : request.source.labels;
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** The request with another text there, or without one. */
export function withText(request: MeshRequest, dimension: TextDimension, text: string | undefined): MeshRequest {
  switch (dimension) {
    case 'method':
    case 'path':
      return { ...request, [dimension]: text ?? '' };
    case 'scheme':
      return { ...request, scheme: text === 'https' ? 'https' : 'http' };
    case 'authority': {
      const { authority: _, ...others } = request;
      return text === undefined || text === request.host ? others : { ...others, authority: text };
    }
    case 'gateway': {
      const { gateway: _, ...others } = request;
      return text === undefined || text === 'mesh' ? others : { ...others, gateway: text };
    }
    case 'port':
      return { ...request, port: Number(text) };
    case 'namespace':
      return { ...request, source: { ...request.source, namespace: text ?? '' } };
    case 'sni':
      return { ...request, protocol: 'tls', host: text ?? '' };
  }
  const { list, name } = entryOf(dimension);
  if (list === 'labels') return { ...request, source: { ...request.source, labels: withEntry(request.source.labels, name, text) } };
  return { ...request, [list]: withEntry(request[list], name, text) };
}

type EntryDimension = Extract<TextDimension, `${string} ${string}`>;

function entryOf(dimension: EntryDimension): { readonly list: 'headers' | 'query' | 'labels'; readonly name: string } {
  const space = dimension.indexOf(' ');
  const sort = dimension.slice(0, space);
  return { list: sort === 'header' ? 'headers' : sort === 'query' ? 'query' : 'labels', name: dimension.slice(space + 1) };
}

function withEntry(entries: Readonly<Record<string, string>>, name: string, text: string | undefined): Readonly<Record<string, string>> {
  const others = Object.entries(entries).filter(([key]) => key !== name);
  return Object.fromEntries(text === undefined ? others : [...others, [name, text]]);
}
