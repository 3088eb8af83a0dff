import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type RequestReading, type RequestWords, requestLine } from '../model/request-words.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';
import type { Address, Place } from '../model/source.ts';
import { compareDecision, type NamesOf } from './compare-decision.ts';
import { readableTestRequest, routedAsExpected } from './diagnostics.ts';
import type { RoutingCase } from './routing-case.ts';

/** Who knows where requests go. */
export interface Oracle {
  readonly read: (words: RequestWords) => RequestReading;
  readonly decide: (request: MeshRequest) => RouteDecision;
  /** The words behind the route that took a request. */
  readonly placeOf: (decision: RouteDecision) => Place | undefined;
  readonly namesOf: NamesOf;
}

/** What came of a case. */
export interface JudgedCase {
  readonly name: string;
  readonly at: Address;
  readonly requests: number;
  readonly decisions: readonly RouteDecision[];
  readonly diagnostics: readonly Diagnostic[];
}

export function judgeCase(one: RoutingCase, oracle: Oracle): JudgedCase {
  const { name, file, document, pointer } = one;
  const at = (place: string): Address => ({ file, document, pointer: place });
  const diagnostics: Diagnostic[] = [];
  const decisions: RouteDecision[] = [];
  const failed = new Map<string, { readonly first: Failure; count: number }>();
  for (const { words, pointer: place } of one.requests) {
    const reading = oracle.read(words);
    if ('what' in reading) {
      diagnostics.push(diagnose(readableTestRequest, { params: { name, what: reading.what }, at: at(place), hints: reading.help }));
      continue;
    }
    const decision = oracle.decide(reading.request);
    decisions.push(decision);
    for (const mismatch of compareDecision(one.expect, decision, oracle.namesOf)) {
      const known = failed.get(mismatch.pointer);
      if (known !== undefined) known.count += 1;
      else failed.set(mismatch.pointer, { first: { request: reading.request, decision, ...mismatch }, count: 1 });
    }
  }
  for (const [key, { first, count }] of failed) {
    const { found, expected } = first;
    const params = { name, request: requestLine(first.request), found, expected, more: count - 1 };
    diagnostics.push(diagnose(routedAsExpected, { params, at: at(`${pointer}/expect${key}`), related: relatedTo(first.decision, oracle) }));
  }
  return { name, at: at(pointer), requests: one.requests.length, decisions, diagnostics };
}

interface Failure {
  readonly request: MeshRequest;
  readonly decision: RouteDecision;
  readonly found: string;
  readonly expected: string;
}

/** Where the route that took it comes from. */
export function relatedTo(decision: RouteDecision, { placeOf }: Oracle): readonly { readonly message: string; readonly at: Place }[] {
  const at = placeOf(decision);
  return decision.route === undefined || at === undefined ? [] : [{ message: `${routeTitle(decision.route)} takes it`, at }];
}

/** 'VirtualService bookinfo/reviews http[0]' */
export function routeTitle({ manifest, pointer }: { readonly manifest: string; readonly pointer: string }): string {
  const [, list = '', index = ''] = pointer.split('/');
  return `${manifest} ${list}[${index}]`;
}
