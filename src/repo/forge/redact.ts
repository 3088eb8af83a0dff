/** Shown for a secret. */
const mask = '***';
/** Shorter ones are no secrets, and masking them would make text unreadable. */
const shortest = 6;

/**
 * A function that takes secrets out of text: as they are, in base64 at each of its three alignments (a token in "user:token" as well), in its URL alphabet,
 * URL-encoded, and escaped for JSON. Longer spellings are masked before those that they contain.
 */
export function createRedactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const spellings = [...new Set(secrets.flatMap((secret) => (secret === undefined ? [] : spellingsOf(secret.trim()))))]
    .filter((spelling) => spelling.length >= shortest)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (spellings.length === 0) return (text) => text;
  const any = new RegExp(spellings.map((spelling) => spelling.replace(/[$()*+.?[\\\]^{|}/-]/g, '\\$&')).join('|'), 'gi');
  return (text) => text.replace(any, mask);
}

function spellingsOf(secret: string): readonly string[] {
  if (secret.length < shortest) return [];
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const base64 = [0, 1, 2].map((offset) => alignedBase64(secret, offset));
  return [secret, json, json.replaceAll('/', '\\/'), url, url.replaceAll('%20', '+'), ...base64, ...base64.map(toUrlAlphabet)];
}

/** Base64 of the secret after `offset` other bytes, without the characters at either end that neighbours share. */
function alignedBase64(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret, 'utf8')]);
  const text = bytes.toString('base64').replace(/=+$/, '');
  const end = bytes.length % 3 === 0 ? text.length : text.length - 1;
  return text.slice(offset === 0 ? 0 : offset + 1, end);
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
