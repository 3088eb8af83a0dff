import { createHash } from 'node:crypto';
import type { GitRepository } from './repository.ts';

/** The hash that git gives a file with this content, without asking it: `blob <bytes> NUL <content>`. */
export function blobHash({ hashFormat }: Pick<GitRepository, 'hashFormat'>, text: string): string {
  return createHash(hashFormat)
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');
}
