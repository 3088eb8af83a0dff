/** A piece of PromQL. `{{name}}` outside of quotes is one token, of kind variable. */
export interface PromToken {
  readonly kind: 'string' | 'variable' | 'word' | 'number' | 'duration' | 'operator' | 'open' | 'close' | 'comma' | 'colon' | 'other';
  readonly text: string;
  readonly start: number;
}

const pieces: readonly (readonly [PromToken['kind'], RegExp])[] = [
  ['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
  ['variable', /\{\{[^{}]*\}\}/y],
  ['duration', /(?:[0-9]+(?:ms|[smhdwy]))+(?![A-Za-z0-9_])/y],
  ['number', /(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:_[0-9]+)*\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_])/y],
  ['word', /[A-Za-z_:][A-Za-z0-9_:]*/y],
  ['operator', /=~|!~|!=|==|<=|>=|[-+*/%^<>=@]/y],
  ['open', /[([{]/y],
  ['close', /[)\]}]/y],
  ['comma', /,/y],
  ['colon', /:/y],
];

/** Tokens without space and comments, or where reading stops: an unclosed quote, or what is no PromQL. */
export function promTokens(query: string): readonly PromToken[] | { readonly stoppedAt: number } {
  const tokens: PromToken[] = [];
  const skipped = /(?:\s|#[^\n]*)*/y;
  for (let at = skip(skipped, query, 0); at < query.length; at = skip(skipped, query, at)) {
    const token = tokenAt(query, at, tokens.at(-1));
    if (token === undefined) return { stoppedAt: at };
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function skip(pattern: RegExp, query: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(query)?.[0].length ?? 0);
}

/** A colon belongs to a metric's name, except after the range of a subquery: `[1h:5m]`. */
function tokenAt(query: string, start: number, before: PromToken | undefined): PromToken | undefined {
  if (query[start] === ':' && ['duration', 'variable', 'number'].includes(before?.kind ?? '')) return { kind: 'colon', text: ':', start };
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = start;
    const text = pattern.exec(query)?.[0];
    if (text !== undefined) return { kind, text, start };
  }
  return undefined;
}
