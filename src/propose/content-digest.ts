import { createHash } from 'node:crypto';
import { type Json, stableJson } from '../model/json.ts';
import type { PullRequestKey } from '../model/pull-request.ts';
import type { RepoPath } from '../model/source.ts';
import type { Change } from '../model/traffic-diff.ts';

/** All that a pull request proposes. */
export interface ProposedContent {
  readonly key: PullRequestKey;
  /** New texts of intents and what belongs to them; null = gone. */
  readonly inputs: ReadonlyMap<RepoPath, string | null>;
  readonly objects: readonly { readonly environment: string; readonly changes: readonly Change[] }[];
}

/**
 * SHA-256 of what is proposed, in hexadecimal. What others change on the base branch is no part of it: objects count by what is done to them,
 * so that the same change on another base is the same content.
 */
export function contentDigest({ key, inputs, objects }: ProposedContent): string {
  const told: Json = [
    key.environment,
    key.subject ?? null,
    [...inputs].sort(byPath).map(([path, text]) => [path, text]),
    objects
      .toSorted((a, b) => (a.environment < b.environment ? -1 : 1))
      .map(({ environment, changes }) => [
        environment,
        changes
          .filter(({ action }) => action !== 'unchanged')
          .map(({ id, action, operations }) => [
            id,
            action,
            operations.map((operation): Json => [operation.op, operation.path, 'value' in operation ? operation.value : null]),
          ]),
      ]),
  ];
  return createHash('sha256').update(stableJson(told)).digest('hex');
}

function byPath([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
