import { maskSecrets } from './mask-secrets.ts';

const mostLines = 12;
const mostCharacters = 1_500;
/** Terminals and CI systems act on these. */
const acting = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what escape sequences are made of
const escapeSequence = /\u001B(\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(\u0007|\u001B\\)?|.?)/g;

/** What git or a server says, fit for a message: without secrets, colours, control characters, or more than a few lines. */
export function foreignText(text: string, secrets: readonly string[] = []): string {
  const lines = maskSecrets(text, secrets)
    .replace(escapeSequence, '')
    .split(/[\r\n]+/)
    .map((line) =>
      line
        .replace(/^(remote|fatal|error): ?/, '')
        .replace(acting, ' ')
        .trimEnd(),
    )
    .filter((line) => line.trim() !== '');
  const shown = lines.slice(0, mostLines).join('; ');
  return shown.length > mostCharacters ? `${shown.slice(0, mostCharacters)}…` : shown;
}
