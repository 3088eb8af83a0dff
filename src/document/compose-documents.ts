import { Composer, type CST, type Document, isScalar, type ParsedNode, Parser } from 'yaml';
import { firstBeyond } from './nesting.ts';

export type YamlDocument = Document.Parsed<ParsedNode>;

/**
 * Scalars come out as their text, because `plainValue` decides what a plain one means; `yaml`'s own check of duplicate keys is
 * quadratic; no tag builds anything. The same options for reading and for locating, so that both see the same documents.
 */
const options = {
  version: '1.2',
  schema: 'failsafe',
  uniqueKeys: false,
  merge: false,
  resolveKnownTags: false,
  prettyErrors: false,
} as const;

/** The text's tokens. Bounded by the text: the token parser keeps its own stack, so nesting cannot exhaust it. */
export function parseTokens(text: string): readonly CST.Token[] {
  return [...new Parser().parse(text)];
}

/** Levels of maps and lists that are composed at all: composing recurses, so deeper text would exhaust the stack. */
export const composedLevels = 64;

/**
 * The documents that say something, faulty ones included; those that hold only comments are left out. One that is nested deeper than
 * `composedLevels` is composed as a single value, so that those behind it keep their numbers; checkNesting says it of its tokens.
 */
export function composeDocuments(tokens: Iterable<CST.Token>, length: number): readonly YamlDocument[] {
  const documents: YamlDocument[] = [];
  for (const document of new Composer<ParsedNode>(options).compose(withinLevels(tokens), false, length)) {
    if (!isEmpty(document)) documents.push(document);
  }
  return documents;
}

function* withinLevels(tokens: Iterable<CST.Token>): Generator<CST.Token, void, undefined> {
  for (const token of tokens) {
    const deep = token.type === 'document' ? firstBeyond(token.value, composedLevels) : undefined;
    if (deep === undefined || token.type !== 'document') yield token;
    else yield { type: 'document', offset: token.offset, start: token.start, value: { ...deep, type: 'scalar', source: '…' } };
  }
}

function isEmpty({ contents, errors, warnings }: YamlDocument): boolean {
  const nothing = contents === null || (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN');
  return nothing && errors.length === 0 && warnings.length === 0;
}
