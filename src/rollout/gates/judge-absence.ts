import type { MetricAbsence, MetricPurpose } from '../../model/measurement.ts';
import type { GateVerdict } from '../../model/rollout.ts';
import { verdict } from './verdict-words.ts';

/** Answers that end the matter, whichever of the queries gave them. */
export function verdictOfAbsence(answer: MetricAbsence, purpose: MetricPurpose): GateVerdict | undefined {
  switch (answer) {
    case 'empty':
    case 'NaN':
    case '+Inf':
    case '-Inf':
      return undefined;
    case 'several-series':
    case 'wrong-type':
    case 'warnings':
      return verdict('inconclusive', answer, `the query for the ${purpose} answered ${answerWords(answer)}`);
    default:
      return verdict('error', answer, `asked for the ${purpose}, the metrics server ${answerWords(answer)}`);
  }
}

/** After 'the value is' or 'the query answered'. */
export function answerWords(answer: MetricAbsence): string {
  return words[answer];
}

const words: Readonly<Record<MetricAbsence, string>> = {
  NaN: 'not a number',
  '+Inf': 'infinite',
  '-Inf': 'infinitely small',
  empty: 'not there',
  'several-series': 'with several series where one number is needed',
  'wrong-type': 'with something that is not a number',
  warnings: 'with a warning, so that part of the data may be missing',
  unreachable: 'could not be reached',
  timeout: 'did not answer in time',
  unavailable: 'said that it is not available',
  'query-refused': 'refused the query',
  unauthorized: 'refused the token, or there is none',
  'not-a-metrics-server': 'did not answer as a metrics server',
  'too-large': 'answered more than is read',
};
