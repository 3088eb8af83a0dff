import { createRedactor } from '../redact.ts';

/** The text without any of the secrets, however they are spelled, and without passwords of addresses, whoever they belong to. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return createRedactor(secrets)(text).replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]+@/gi, '$1***@');
}
