import type { ChangeReport, ReportedFailure, ReportedIntent, ReportedObject } from '../model/change-report.ts';
import { isList, isObject, type Json } from '../model/json.ts';
import type { RouteDecision } from '../model/routing.ts';
import { requestLine } from './request-words.ts';

/** What a change comes to, in one clause: 'prod: 3 objects change, in 2 phases'. */
export function changeHeadline({ environment, verdict, objects, phases }: ChangeReport): string {
  const name = environment === undefined ? '' : `${environment}: `;
  const some = `${objects.length} object${objects.length === 1 ? '' : 's'}`;
  switch (verdict) {
    case 'unchanged':
      return `${name}nothing changes`;
    case 'safe':
      return `${name}${some} to change, safe in every order`;
    case 'phased':
      return `${name}${some} to change, in ${phases.length} phases`;
    case 'refused':
      return `${name}${some} to change, refused: no order of phases is safe`;
    case 'unsplit':
      return `${name}${some} to change, refused: not safe in every order`;
  }
}

/** Why an order is unsafe, as lines: what is asked, what it sees meanwhile, what before and after. */
export function failureLines(failure: ReportedFailure): readonly string[] {
  if (failure.kind === 'narrowing')
    return [
      `${failure.objects.join(' and ')} ${failure.objects.length === 1 ? 'narrows' : 'narrow'} what callers see or may call,`,
      'which has to wait until the routes beside have changed',
    ];
  const { request, applied, waiting, sees, before, after } = failure;
  const words = (decision: RouteDecision) => decisionWords(decision);
  // Where the way is one of the two, it is the policy at its end that is new.
  const tell = [words(before), words(after)].includes(words(sees)) ? withPolicies : words;
  return [
    requestLine(request),
    `  would see   ${tell(sees)}`,
    `  while       ${applied.join(' and ')} ${applied.length === 1 ? 'is' : 'are'} as it shall be, ${waiting.join(' and ')} still as before`,
    `  before      ${tell(before)}`,
    `  afterwards  ${tell(after)}`,
  ];
}

/** 'reviews.bookinfo.svc.cluster.local:9080 v1 90 %, … v3 10 % (503 NC: there is no …)'. */
export function decisionWords({ kind, destinations, failure, redirect, directResponse, assumptions }: RouteDecision): string {
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
      const shares = destinations.map(({ host, subset, port, percent, failure: own }) => {
        const wrong = own === undefined ? '' : ` (${own.status ?? ''} ${own.flag}: ${own.reason})`;
        return `${host}:${port}${subset === undefined ? '' : ` ${subset}`} ${Number(percent.toFixed(2))} %${wrong}`;
      });
      return [shares.join(', '), ...assumptions].join('; ');
    }
  }
}

function withPolicies(decision: RouteDecision): string {
  const policies = decision.destinations.map(({ policy }) => valueWords(policy));
  return [decisionWords(decision), ...new Set(policies)].join(' by ');
}

export function objectWords({ id, action }: ReportedObject): string {
  return `${id} ${action}d`;
}

/** 'service reviews: {canary: {version: v3, percent: 10}}' */
export function intentWords({ title, action, patch }: ReportedIntent): string {
  return action === 'deleted' ? `${title} deleted` : `${title}${action === 'created' ? ' created' : ''}: ${valueWords(patch)}`;
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
