import type { CST } from 'yaml';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { findingLimit } from './reading.ts';
import { fewAliases, nestingWithinLimit, noDirectives, noTags, uniqueAnchors } from './yaml-diagnostics.ts';

/** Levels of maps and lists in one document, aliases followed. */
export const nestingLimit = 32;
/** Aliases in one file. */
const aliasLimit = 20;

interface Walk {
  readonly file: RepoPath;
  readonly findings: Diagnostic[];
  anchors: Map<string, Span>;
  aliases: number;
}

/**
 * What a file may not even mention: directives, tags, anchors given twice, too many aliases, too deep nesting.
 * Looked for in tokens, because composing them recurses, and because only tokens know where a tag stands.
 */
export function checkTokens(file: RepoPath, tokens: readonly CST.Token[]): readonly Diagnostic[] {
  const walk: Walk = { file, findings: [], anchors: new Map(), aliases: 0 };
  for (const token of tokens) {
    if (token.type === 'directive') {
      walk.findings.push(diagnose(noDirectives, { params: { directive: token.source }, at: spanOf(file, token) }));
    } else if (token.type === 'document') {
      walk.anchors = new Map();
      checkProperties(walk, token.start);
      checkNode(walk, token.value, 1);
    }
  }
  return walk.findings.slice(0, findingLimit);
}

function checkNode(walk: Walk, token: CST.Token | null | undefined, depth: number): void {
  if (token === null || token === undefined) return;
  switch (token.type) {
    case 'alias':
      walk.aliases++;
      if (walk.aliases === aliasLimit + 1) {
        walk.findings.push(diagnose(fewAliases, { params: { limit: aliasLimit, counted: 'aliases' }, at: spanOf(walk.file, token) }));
      }
      return;
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      if (depth > nestingLimit) {
        const at = { file: walk.file, start: token.offset, end: token.offset + 1 };
        walk.findings.push(diagnose(nestingWithinLimit, { params: { limit: nestingLimit }, at }));
        return;
      }
      for (const item of token.items) checkItem(walk, item, depth);
      return;
  }
}

/** An entry of a map or list, block or flow. */
type Item = (CST.BlockMap | CST.BlockSequence | CST.FlowCollection)['items'][number];

function checkItem(walk: Walk, item: Item, depth: number): void {
  checkProperties(walk, item.start);
  if (item.key !== undefined) checkNode(walk, item.key, depth + 1);
  if (item.sep !== undefined) checkProperties(walk, item.sep);
  checkNode(walk, item.value, depth + 1);
}

function checkProperties(walk: Walk, properties: readonly CST.SourceToken[]): void {
  for (const token of properties) {
    if (token.type === 'tag') {
      walk.findings.push(diagnose(noTags, { params: { tag: token.source }, at: spanOf(walk.file, token) }));
    } else if (token.type === 'anchor') {
      checkAnchor(walk, token.source.slice(1), spanOf(walk.file, token));
    }
  }
}

function checkAnchor({ anchors, findings }: Walk, name: string, at: Span): void {
  const first = anchors.get(name);
  if (first === undefined) anchors.set(name, at);
  else findings.push(diagnose(uniqueAnchors, { params: { name }, at, related: [{ message: 'first given here', at: first }] }));
}

function spanOf(file: RepoPath, { offset, source }: { readonly offset: number; readonly source: string }): Span {
  return { file, start: offset, end: offset + source.length };
}
