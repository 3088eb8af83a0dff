/** What takes the place of a secret. */
const mask = '***';

/**
 * The text without any of the secrets, in whatever form they come back: as they are, URL-encoded, in JSON, or in base64 with anything
 * before them (as in `Authorization: Basic`); and without passwords of addresses, whoever they belong to.
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.filter((secret) => secret.length > 0).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const masked = forms.reduce((left, form) => left.replaceAll(form, mask), text);
  return masked.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, `$1${mask}@`);
}

function formsOf(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret);
  const inBase64 = [0, 1, 2].flatMap((before) => base64Within(secret, before));
  return [
    secret,
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    ...inBase64,
  ];
}

/** The part of a base64 text that only the secret decides, with so many bytes (modulo 3) before it, in both alphabets. */
function base64Within(secret: string, before: number): readonly string[] {
  const text = Buffer.from(`${'x'.repeat(before)}${secret}`)
    .toString('base64')
    .replace(/=+$/, '');
  const first = [0, 2, 3][before] ?? 0;
  const end = Math.floor(((Buffer.byteLength(secret) + before) * 8) / 6);
  const part = text.slice(first, end);
  // A few characters would be found in any text.
  return part.length < 6 ? [] : [part, part.replaceAll('+', '-').replaceAll('/', '_')];
}
