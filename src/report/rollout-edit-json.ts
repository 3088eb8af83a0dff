import type { JsonObject } from '../model/json.ts';
import type { RolloutBlock } from '../model/rollout.ts';
import type { FileTree } from '../model/source.ts';
import { visibleJson } from './visible-text.ts';

/** What a command made of the intents in the work tree, or why it did not. */
export interface ToldEdit {
  readonly environment: string;
  readonly rollout: string;
  readonly outcome: 'written' | 'would-write' | 'unchanged' | 'waits' | 'refused';
  /** What is said of it besides. */
  readonly message?: string;
  /** What it waits for. */
  readonly blocks?: readonly RolloutBlock[];
  /** What can't be written without losing something. */
  readonly refused?: readonly { readonly title: string; readonly reason: string; readonly patch: JsonObject }[];
  /** Whole texts by path, as they are written or would be. */
  readonly files: FileTree;
}

/** `{version: 1, environment, rollout, outcome, message?, blocks?, refused?, files}`; times are seconds since 1970. */
export function renderRolloutEditJson({ files, ...told }: ToldEdit): string {
  return `${visibleJson({ version: 1, ...told, files: Object.fromEntries(files) })}\n`;
}
