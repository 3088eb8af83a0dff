import { claimsOf } from '../model/claim-words.ts';
import type { RequestWords, UnreadableWords } from '../model/request-words.ts';

/** What stands in the fields of the request box: texts, '' = nothing. Lists are lines. */
export interface TraceForm {
  readonly env: string;
  readonly url: string;
  readonly kind: 'http' | 'tcp' | 'tls';
  readonly method: string;
  readonly headers: string;
  readonly claims: string;
  readonly from: string;
  readonly account: string;
  readonly via: string;
  readonly sni: string;
}

export const emptyForm: TraceForm = {
  env: '',
  url: '',
  kind: 'http',
  method: '',
  headers: '',
  claims: '',
  from: '',
  account: '',
  via: '',
  sni: '',
};

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The fields as the words that `mainsheet trace` reads. */
export function formWords({ url, kind, method, headers, claims, from, account, via, sni }: TraceForm): RequestWords | UnreadableWords {
  const read = claimsOf(linesOf(claims));
  if ('what' in read) return read;
  return {
    url: url.trim(),
    ...(method === '' ? {} : { method }),
    ...(linesOf(headers).length === 0 ? {} : { headers: linesOf(headers) }),
    ...(linesOf(claims).length === 0 ? {} : { claims: read.claims }),
    ...(from === '' ? {} : { from }),
    ...(account === '' ? {} : { serviceAccount: account }),
    ...(via === '' ? {} : { via }),
    ...(kind === 'tcp' ? { tcp: true } : {}),
    ...(kind === 'tls' ? { sni: sni === '' ? hostIn(url) : sni } : {}),
  };
}

function hostIn(url: string): string {
  return url
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[:/].*$/s, '');
}

/** The command line that asks the same. */
export function formCommand(form: TraceForm): string {
  const { env, url, kind, method, headers, claims, from, account, via } = form;
  const words = formWords(form);
  const sni = kind === 'tls' && 'sni' in words && words.sni !== undefined ? ['--sni', words.sni] : [];
  const given = (flag: string, value: string): readonly string[] => (value === '' ? [] : [flag, value]);
  return [
    'mainsheet',
    'trace',
    ...given('--env', env),
    ...given('-X', method),
    ...linesOf(headers).flatMap((line) => ['-H', line]),
    ...linesOf(claims).flatMap((line) => ['--claim', line]),
    ...given('--from', from),
    ...given('--service-account', account),
    ...given('--via', via),
    ...(kind === 'tcp' ? ['--tcp'] : []),
    ...sni,
    url.trim(),
  ]
    .map(shellWord)
    .join(' ');
}

/** For a POSIX shell, so that the line can be copied. */
function shellWord(word: string): string {
  return /^[\w/.:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
