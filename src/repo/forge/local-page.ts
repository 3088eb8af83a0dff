import type { ForgePullRequest } from '../../model/forge.ts';
import { isList, isObject, type Json, type JsonObject } from '../../model/json.ts';

/** What is written of a local pull request: all but its address, which is the file's. */
export interface LocalPage extends Omit<ForgePullRequest, 'url' | 'mergeCommit' | 'automerge'> {
  readonly reviewers: readonly string[];
}

/**
 * A pull request as a Markdown file: its facts between lines of `---`, one on each, as YAML that is JSON on the right; then its title and body.
 * A person closes it by `state: "closed"`, or by deleting the branch.
 */
export function writeLocalPage({
  title,
  body,
  number,
  state,
  branch,
  base,
  headCommit,
  labels,
  reviewers,
  draft,
  author,
}: LocalPage): string {
  // Always in this order, so that the same facts are the same bytes.
  const facts = { number, state, branch, base, headCommit, labels, reviewers, draft, author };
  const lines = Object.entries(facts).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n# ${title}\n\n${body}\n`;
}

/** Undefined where the file is no such page: someone else's file is left alone. */
export function readLocalPage(page: string): LocalPage | undefined {
  const parts = /^---\n([\s\S]*?)\n---\n# (.*)\n\n([\s\S]*?)\n?$/.exec(page.replaceAll('\r\n', '\n'));
  if (parts === null) return undefined;
  const [, head = '', title = '', body = ''] = parts;
  const facts = readFacts(head);
  const { number, branch, base, headCommit, author, state } = facts;
  if (typeof number !== 'number' || typeof branch !== 'string' || typeof base !== 'string' || typeof headCommit !== 'string')
    return undefined;
  if (state !== 'open' && state !== 'closed' && state !== 'merged') return undefined;
  return {
    number,
    state,
    branch,
    base,
    headCommit,
    title,
    body,
    draft: facts.draft === true,
    labels: texts(facts.labels),
    reviewers: texts(facts.reviewers),
    author: typeof author === 'string' ? author : '',
  };
}

function readFacts(head: string): JsonObject {
  const facts: [string, Json][] = [];
  for (const line of head.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) facts.push([line.slice(0, colon), factOf(line.slice(colon + 2))]);
  }
  const value = Object.fromEntries(facts);
  return isObject(value) ? value : {};
}

/** What a person wrote without quotes is text. */
function factOf(value: string): Json {
  try {
    return JSON.parse(value);
  } catch {
    return value.trim();
  }
}

function texts(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : [];
}
