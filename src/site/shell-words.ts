import type { UnreadableWords } from '../model/request-words.ts';

const alone = 'paste the curl command alone: what a shell does with it decides no route, and nothing is run here';

/** A field of one line drops the line ends of what is pasted: of a joined line only the backslash is left, before the spaces of the next one. */
const gap = /(?:\s|\\(?=\s|$))*/y;
const word = /(?:[^\s'"\\|&;<>()`$]|\\[\s\S]|\$'(?:[^'\\]|\\[\s\S])*'|\$(?!['(])|'[^']*'|"(?:[^"\\]|\\[\s\S])*")*/y;
const sign = /\d?>>?|\|\|?|&&?|\$\(|[;<()`]/y;

/**
 * The words of one command as a POSIX shell divides them, lines that end with a backslash joined. Nothing is expanded, and what only a shell can
 * do, such as pipes, redirections and further commands, is refused: a guess at it would answer for another request.
 */
export function shellWords(text: string): { readonly words: readonly string[] } | UnreadableWords {
  const line = text.trim();
  const words: string[] = [];
  let at = 0;
  const take = (part: RegExp): string => {
    part.lastIndex = at;
    const [taken = ''] = part.exec(line) ?? [];
    at += taken.length;
    return taken;
  };
  while (at < line.length) {
    if (/[\r\n]/.test(take(gap).replaceAll(/\\\s*?\r?\n/g, '')) && words.length > 0)
      return { what: 'there are several lines', help: [alone] };
    const redirected = /^\d>/.test(line.slice(at, at + 2)) ? '' : take(word);
    if (redirected !== '') words.push(unquoted(redirected));
    const quoted = redirected.replaceAll(/\$?'[^']*'|\\[\s\S]/g, '');
    const found = /\$\(|`/.exec(quoted)?.[0] ?? take(sign);
    if (found === '&') return { what: '"&" ends a command in a shell', help: ['put a URL that has a "&" in quotes', alone] };
    if (found !== '') return { what: `"${found}" is for a shell`, help: [alone] };
    if (redirected === '' && at < line.length) return { what: 'a quote is not closed', help: ["write -H 'end-user: jason'"] };
  }
  return { words };
}

function unquoted(raw: string): string {
  return raw.replaceAll(
    /\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_whole, escapes?: string, single?: string, double?: string, escaped?: string) => {
      if (escapes !== undefined) return unescaped(escapes);
      if (single !== undefined) return single;
      return double === undefined ? (escaped ?? '') : double.replaceAll(/\\\r?\n/g, '').replaceAll(/\\(["\\$`])/g, '$1');
    },
  );
}

/** As browsers write texts that hold quotes and other signs: $'it\'s \u0021'. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|([\s\S]))/g, (_whole, wide?: string, narrow?: string, one = '') => {
    const code = wide ?? narrow;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return one === 'n' ? '\n' : one === 't' ? '\t' : one === 'r' ? '\r' : one;
  });
}
