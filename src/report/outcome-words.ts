import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { OutcomeShare, RouteOutcome } from '../model/route-outcome.ts';
import type { PolicyChange, TrafficChange, TrafficDiff } from '../model/traffic-diff.ts';
import { valueWords as flowWords } from './decision-words.ts';

/** 'v1 90 %, v3 10 %', '404 (NR)', 'redirect to https'; hosts are named where they are not the place's own. */
function outcomeWords({ kind, shares, redirect, directResponse, failure }: RouteOutcome, host: string): string {
  if (failure !== undefined) return failure.status === undefined ? 'connection reset' : `${failure.status} (${failure.flag})`;
  switch (kind) {
    case 'route':
      return shares.length === 0
        ? 'nothing'
        : shares.map((share) => `${destinationWords(share, host)} ${percentWords(share.percent)}${brokenWords(share)}`).join(', ');
    case 'redirect':
      return redirectWords(redirect ?? {});
    case 'direct-response':
      return `answered at once with ${valueWords(directResponse?.status ?? 200)}`;
    case 'passthrough':
      return 'passed through';
    case 'failure':
      return 'fails';
  }
}

/** What becomes of a class before and after. */
export function changeWords({ before, after, shiftedPercent }: TrafficChange, host: string): readonly [before: string, after: string] {
  const words = outcomeWords(before, host);
  const then = outcomeWords(after, host);
  if (words !== then) return [words, then];
  return [words, shiftedPercent === 0 ? 'the same' : `${then}, which are others`];
}

/** 'all of it moves', '15 % moves', 'nothing moves'. */
export function shiftWords({ shiftedPercent }: TrafficChange): string {
  if (shiftedPercent === 0) return 'nothing moves';
  return shiftedPercent >= 99.9999 ? 'all of it moves' : `${percentWords(shiftedPercent)} moves`;
}

/** What is lost or won besides. */
export function reachabilityWords({ reachability }: Pick<TrafficChange, 'reachability'>): string | undefined {
  if (reachability === 'same') return undefined;
  return reachability === 'lost' ? 'reachability lost' : 'reachability gained';
}

/** 'timeout 5s → 3s', 'fault added: {…}', 'v1: loadBalancer.simple ROUND_ROBIN → LEAST_REQUEST'. */
export function policyWords({ field, destination, before, after }: PolicyChange, host: string): string {
  const whose = destination === undefined ? '' : `${shortDestination(destination, host)}: `;
  if (before === undefined) return `${whose}${field} added: ${valueWords(after ?? null)}`;
  return after === undefined
    ? `${whose}${field} removed: it was ${valueWords(before)}`
    : `${whose}${field} ${valueWords(before)} → ${valueWords(after)}`;
}

/** 'reviews:9080 (mesh)', 'bookinfo.example.com:443 (gateway bookinfo/bookinfo-gateway)'. */
export function placeTitle({ name, port, gateway, callers }: TrafficDiff): string {
  return `${name}:${port} (${gateway === undefined ? 'mesh' : `gateway ${gateway}`}${callers === undefined ? '' : `, ${callers}`})`;
}

export function percentWords(percent: number): string {
  return `${Number(percent.toFixed(2))} %`;
}

function destinationWords({ host, subset }: OutcomeShare, own: string): string {
  if (host.toLowerCase() === own) return subset ?? shortHost(host, own);
  return `${shortHost(host, own)}${subset === undefined ? '' : ` ${subset}`}`;
}

/** 'reviews' for what stands in the namespace of the place, else 'reviews.other'. */
function shortHost(host: string, own: string): string {
  const [name = '', namespace = '', svc] = host.split('.');
  if (svc !== 'svc') return host;
  return own.split('.')[1] === namespace || !own.includes('.svc.') ? name : `${name}.${namespace}`;
}

/** 'reviews.bookinfo.svc.cluster.local/v1:9080' → 'v1' */
function shortDestination(destination: string, own: string): string {
  const [host = '', rest] = destination.split('/', 2);
  const subset = rest?.replace(/:\d+$/, '');
  const bare = host.replace(/:\d+$/, '');
  if (subset === undefined) return shortHost(bare, own);
  return bare.toLowerCase() === own ? subset : `${shortHost(bare, own)} ${subset}`;
}

function brokenWords({ failure }: OutcomeShare): string {
  return failure === undefined ? '' : ` (${failure.status ?? 'reset'} ${failure.flag})`;
}

/** 'redirect to https (301)', 'redirect to www.example.com/new' */
function redirectWords({ scheme, authority, port, uri, redirectCode }: JsonObject): string {
  const target = `${scheme === undefined ? '' : `${valueWords(scheme)}${authority === undefined ? '' : '://'}`}${valueWords(authority ?? '')}`;
  const where = `${target}${port === undefined ? '' : `:${valueWords(port)}`}${valueWords(uri ?? '')}`;
  return `redirect to ${where}${redirectCode === undefined ? '' : ` (${valueWords(redirectCode)})`}`;
}

export function valueWords(value: Json): string {
  if (typeof value === 'string') return value;
  return isObject(value) || Array.isArray(value) ? flowWords(value) : String(value);
}
