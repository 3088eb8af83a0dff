import type { ChangeReport, ReportedFailure, ReportedIntent, ReportedObject, ReportedPhase } from '../model/change-report.ts';
import { listWords } from '../model/names.ts';
import type { RouteDecision } from '../model/routing.ts';
import { decisionWords, valueWords } from './decision-words.ts';
import { wordsApart } from './decisions-apart.ts';
import { requestLine } from './request-words.ts';

/** What a change comes to, in one clause: 'prod: 3 objects change, in 2 phases'. */
export function changeHeadline({ environment, verdict, objects, phases, isComplete }: ChangeReport): string {
  const name = environment === undefined ? '' : `${environment}: `;
  const some = `${objects.length} object${objects.length === 1 ? '' : 's'}`;
  switch (verdict) {
    case 'unchanged':
      return `${name}nothing changes`;
    case 'safe':
      return `${name}${some} to change, ${isComplete ? 'safe in every order' : 'safe in every state that was looked at, which are not all'}`;
    case 'safe-in-waves':
      return `${name}${some} to change, safe in Argo CD's sync waves, and only there${isComplete ? '' : ', in every state that was looked at, which are not all'}`;
    case 'phased':
      return `${name}${some} to change, in ${phases.length} phases${wavedPhases(phases)}${isComplete ? '' : ', each safe in every state that was looked at, which are not all'}`;
    case 'refused':
      return `${name}${some} to change, refused: no order of phases is safe`;
    case 'unsplit':
      return `${name}${some} to change, refused: not safe in every order`;
  }
}

function wavedPhases(phases: readonly ReportedPhase[]): string {
  const names = phases.filter(hasWaves).map(({ name }) => name);
  return names.length === 0 ? '' : `, ${listWords(names)} safe in Argo CD's sync waves only`;
}

/** Whether it is not any order of its objects that is safe, but Argo CD's alone. */
export function hasWaves({ objects }: ReportedPhase): boolean {
  return objects.some(({ wave }) => wave !== undefined);
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
  // Where names alone show no difference, it is in what they stand for, or in what holds there.
  const tell = [words(before), words(after)].includes(words(sees)) ? wordsApart([sees, before, after]) : words;
  return [
    requestLine(request),
    `  would see   ${tell(sees)}`,
    `  while       ${applied.join(' and ')} ${applied.length === 1 ? 'is' : 'are'} as it shall be, ${waiting.join(' and ')} still as before`,
    `  before      ${tell(before)}`,
    `  afterwards  ${tell(after)}`,
  ];
}

export function objectWords({ id, action, wave }: ReportedObject): string {
  const when = wave === undefined ? '' : wave === 'last' ? ', last of all' : `, in wave ${wave}`;
  return `${id} ${action}d${when}`;
}

/** 'service reviews: {canary: {version: v3, percent: 10}}' */
export function intentWords({ title, action, patch }: ReportedIntent): string {
  return action === 'deleted' ? `${title} deleted` : `${title}${action === 'created' ? ' created' : ''}: ${valueWords(patch)}`;
}
