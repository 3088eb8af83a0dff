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

/** Whether what was typed or pasted as a URL is a command line. */
export function isCommandLine(text: string): boolean {
  return /^\s*(\$\s+)?(curl|mainsheet\s+trace)\s/.test(text);
}

/** Flags with a value, by the field that it goes to; those of curl that change no route go nowhere. */
const valued: Readonly<Record<string, keyof TraceForm | 'cookie' | 'agent' | 'data' | 'nothing'>> = {
  '-X': 'method',
  '--request': 'method',
  '-H': 'headers',
  '--header': 'headers',
  '--claim': 'claims',
  '--from': 'from',
  '--service-account': 'account',
  '--via': 'via',
  '--sni': 'sni',
  '--env': 'env',
  '-e': 'env',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '-A': 'agent',
  '--user-agent': 'agent',
  '--url': 'url',
  '-d': 'data',
  '--data': 'data',
  '--data-raw': 'data',
  '--data-binary': 'data',
  '--json': 'data',
  '-o': 'nothing',
  '--output': 'nothing',
  '-w': 'nothing',
  '--write-out': 'nothing',
  '-m': 'nothing',
  '--max-time': 'nothing',
  '--connect-timeout': 'nothing',
  '--retry': 'nothing',
  '--cacert': 'nothing',
  '--cert': 'nothing',
  '--key': 'nothing',
  '--resolve': 'nothing',
  '-u': 'nothing',
  '--user': 'nothing',
  '--root': 'nothing',
};

/** A command line of curl, or of `mainsheet trace`, as fields; those that it does not name are taken from `form`. */
export function readCommandLine(text: string, form: TraceForm): TraceForm | UnreadableWords {
  const words = shellWords(text.replaceAll(/\\\r?\n/g, ' '));
  if (words === undefined) return { what: 'a quote is not closed', help: ["write -H 'end-user: jason'"] };
  const start = words.findIndex((word) => word === 'curl' || word === 'trace');
  const isCurl = words[start] === 'curl';
  let read: TraceForm = { ...emptyForm, env: form.env };
  const add = (field: 'headers' | 'claims', line: string): void => {
    read = { ...read, [field]: read[field] === '' ? line : `${read[field]}\n${line}` };
  };
  for (let i = start + 1; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const [, name = word, joined] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? /^(-[XHbAdomu])(.+)$/s.exec(word) ?? [];
    const field = isCurl && name === '-e' ? 'nothing' : valued[name];
    if (!word.startsWith('-')) read = { ...read, url: word };
    else if (name === '--tcp') read = { ...read, kind: 'tcp' };
    else if (isCurl && (name === '-I' || name === '--head')) read = { ...read, method: 'HEAD' };
    else if (field === undefined) {
      if (!isCurl) return { what: `${name} means nothing to a trace`, help: ['`mainsheet trace --help` lists its flags'] };
    } else {
      const value = joined ?? words[++i] ?? '';
      if (field === 'headers' || field === 'claims') add(field, value);
      else if (field === 'cookie') add('headers', `cookie: ${value}`);
      else if (field === 'agent') add('headers', `user-agent: ${value}`);
      else if (field === 'data') read = { ...read, method: read.method === '' ? 'POST' : read.method };
      else if (field === 'sni') read = { ...read, kind: 'tls', sni: value };
      else if (field !== 'nothing') read = { ...read, [field]: value };
    }
  }
  return read;
}

/** Words as a POSIX shell divides them; undefined where a quote is left open. Nothing is expanded. */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const token = /\s*((?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+)/y;
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text.trimEnd());
    if (found === null) return undefined;
    words.push(unquoted(found[1] ?? ''));
  }
  return words;
}

function unquoted(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, (_whole, single?: string, double?: string, escaped?: string) => {
    if (single !== undefined) return single;
    return double === undefined ? (escaped ?? '') : double.replaceAll(/\\(["\\$`])/g, '$1');
  });
}
