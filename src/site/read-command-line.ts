import type { UnreadableWords } from '../model/request-words.ts';
import { curlFlags, type FlagUse, traceFlags } from './command-flags.ts';
import { shellWords } from './shell-words.ts';
import { emptyForm, type TraceForm } from './trace-form.ts';

/** Whether what was typed or pasted as a URL is a command line. */
export function isCommandLine(text: string): boolean {
  return /^\s*(\$\s+)?(curl|mainsheet\s+trace)\s/.test(text);
}

/** A command line of curl, or of `mainsheet trace`, as fields; those that it does not name are taken from `form`. */
export function readCommandLine(text: string, form: TraceForm): TraceForm | UnreadableWords {
  if (/^\s*curl\s[\s\S]*\^"/.test(text)) return { what: 'this is written for the shell of Windows', help: ['copy it "as cURL (bash)"'] };
  const divided = shellWords(text.replace(/^\s*\$\s+/, ''));
  if ('what' in divided) return divided;
  const isCurl = divided.words[0] === 'curl';
  const read = flagsAndUrls(divided.words.slice(isCurl ? 1 : 2), isCurl);
  if ('what' in read) return read;
  const { urls, uses, alone } = read;
  const [url, second] = urls;
  if (url === undefined) return { what: 'it names no URL', help: ['write one such as http://reviews:9080/'] };
  if (second !== undefined) return { what: `it names two URLs: ${url} and ${second}`, help: ['ask for one of them'] };
  const [unknown] = /^(?:[a-z]+:\/\/)?[^/?#]*?(\$\{?\w+|\{|\$\()/i.exec(isCurl ? url : '')?.slice(1) ?? [];
  if (unknown !== undefined) return { what: `"${unknown}" in ${url} is filled in by others`, help: ['write the URL that is asked'] };
  const has = (...flags: readonly string[]): boolean => flags.some((flag) => alone.has(flag));
  const of = (...wanted: readonly FlagUse[]): readonly string[] => uses.flatMap(([use, value]) => (wanted.includes(use) ? [value] : []));
  const isQuery = isCurl && has('-G', '--get');
  const query = uses.flatMap(([use, value]) => (use === 'encoded' ? [encoded(value)] : use === 'query' || use === 'data' ? [value] : []));
  const sent = isQuery ? query : of('query');
  const body = isQuery ? [] : of('data', 'encoded', 'form');
  const last = (use: FlagUse): string => of(use).at(-1) ?? '';
  const method = of('method').at(-1) ?? methodOf(isCurl && has('-I', '--head'), of('upload').length > 0, body.length > 0);
  const sni = of('sni').at(-1);
  return {
    ...emptyForm,
    env: of('env').at(-1) ?? form.env,
    url: sent.length === 0 ? url : withQuery(url, sent.join('&')),
    kind: sni !== undefined ? 'tls' : has('--tcp') ? 'tcp' : 'http',
    method,
    headers: uses.flatMap(([use, value]) => headerOf(use, value)).join('\n'),
    claims: of('claims').join('\n'),
    from: last('from'),
    account: last('account'),
    via: last('via'),
    sni: sni ?? '',
  };
}

interface ReadWords {
  readonly urls: readonly string[];
  /** Values of flags, in their order. */
  readonly uses: readonly (readonly [use: FlagUse, value: string])[];
  /** Flags without a value. */
  readonly alone: ReadonlySet<string>;
}

/** Flags of `mainsheet trace` that say how it answers, and `--tcp`. */
const traceAlone: ReadonlySet<string> = new Set(['--tcp', '--json']);

function flagsAndUrls(words: readonly string[], isCurl: boolean): ReadWords | UnreadableWords {
  const urls: string[] = [];
  const uses: (readonly [FlagUse, string])[] = [];
  const alone = new Set<string>();
  const flags = isCurl ? curlFlags : traceFlags;
  for (let i = 0; i < words.length; i += 1) {
    for (const { name, joined } of flagsIn(words[i] ?? '', flags)) {
      const use = flags.get(name);
      const value = joined ?? (use === undefined ? '' : words[++i]);
      if (!name.startsWith('-')) urls.push(name);
      else if (name === '--next' || name === '-:') return { what: `${name} begins another request`, help: ['ask for one of them'] };
      else if (value === undefined) return { what: `${name} wants a value`, help: ['paste the whole command'] };
      else if (use === 'url') urls.push(value);
      else if (use !== undefined) uses.push([use, value]);
      else if (isCurl || traceAlone.has(name)) alone.add(name);
      else if (name !== '--') return { what: `${name} means nothing to a trace`, help: ['`mainsheet trace --help` lists its flags'] };
    }
  }
  return { urls, uses, alone };
}

interface ReadFlag {
  readonly name: string;
  /** The value, where it stands in the same word. */
  readonly joined?: string;
}

/** The flags of a word: short ones may be written as one, of which the last may have its value joined. A word that is no flag is itself. */
function flagsIn(word: string, flags: ReadonlyMap<string, FlagUse>): readonly ReadFlag[] {
  const [, long, joined] = /^(--[\w.-]+)=([\s\S]*)$/.exec(word) ?? [];
  if (long !== undefined && joined !== undefined) return [{ name: long, joined }];
  if (!/^-[^-]/.test(word)) return [{ name: word }];
  const found: ReadFlag[] = [];
  for (let i = 1; i < word.length; i += 1) {
    const name = `-${word[i]}`;
    const rest = word.slice(i + 1);
    if (flags.has(name)) return [...found, rest === '' ? { name } : { name, joined: rest }];
    found.push({ name });
  }
  return found;
}

function methodOf(isHead: boolean, isUpload: boolean, hasBody: boolean): string {
  if (isHead) return 'HEAD';
  return isUpload ? 'PUT' : hasBody ? 'POST' : '';
}

/** What a flag says in a header. */
function headerOf(use: FlagUse, value: string): readonly string[] {
  if (use === 'headers') return [value];
  if (use === 'cookie') return [`cookie: ${value}`];
  if (use === 'agent') return [`user-agent: ${value}`];
  return use === 'referer' ? [`referer: ${value}`] : [];
}

/** As `--data-urlencode` reads it: a name before "=" stays as it is. */
function encoded(value: string): string {
  const [, name = '', text = value] = /^([^=@]*)=([\s\S]*)$/.exec(value) ?? [];
  return `${name === '' ? '' : `${name}=`}${encodeURIComponent(text)}`;
}

function withQuery(url: string, query: string): string {
  const [, before = url, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return `${before}${before.includes('?') ? '&' : '?'}${query}${fragment}`;
}
