import { type CST, isMap, isScalar, isSeq } from 'yaml';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { JsonObject } from '../model/json.ts';
import { isObject } from '../model/json.ts';
import { type Result, result } from '../model/result.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { checkText } from './check-text.ts';
import { checkTokens } from './check-tokens.ts';
import { composeDocuments, parseTokens, type YamlDocument } from './compose-documents.ts';
import { explainSyntax } from './explain-syntax.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { readValue } from './read-value.ts';
import { fault, intentRules, type Reading } from './reading.ts';
import { documentIsMap, noTabIndentation, yamlSyntax } from './yaml-diagnostics.ts';
import { findOpeners } from './yaml-openers.ts';

/** One document of a file, as plain JSON with keys in written order (JavaScript puts whole-number keys first). */
export interface ParsedDocument {
  readonly file: RepoPath;
  /** Among the documents of the file that say something, from 0: the `document` of Addresses into it. */
  readonly index: number;
  readonly value: JsonObject;
}

/**
 * Reads a file as YAML 1.2 core schema, strictly: whatever two readers of YAML could understand differently is an error with the Span
 * of the offending text. Documents that hold only comments are skipped. Positions of values are not kept; `createLocator` finds them again.
 */
export function parseYaml(file: RepoPath, text: string): Result<readonly ParsedDocument[]> {
  const plain = readPlainYaml(text);
  if (plain === undefined) return parseFully(file, text);
  return result(
    plain.map((value, index) => ({ file, index, value })),
    [],
  );
}

/** `parseYaml` without its short way for plain texts: the same result for every text. */
export function parseFully(file: RepoPath, text: string): Result<readonly ParsedDocument[]> {
  const inText = checkText(file, text);
  if (inText.length > 0) return { value: undefined, diagnostics: inText };
  const tokens = parseTokens(text);
  const inTokens = checkTokens(file, tokens);
  if (inTokens.length > 0) return { value: undefined, diagnostics: inTokens };
  const findings: Diagnostic[] = [];
  const documents: ParsedDocument[] = [];
  composeDocuments(tokens, text.length).forEach((document, index) => {
    const value = readDocument(file, text, tokens, document, findings);
    if (value !== undefined) documents.push({ file, index, value });
  });
  return result(documents, findings);
}

function readDocument(
  file: RepoPath,
  text: string,
  tokens: readonly CST.Token[],
  document: YamlDocument,
  findings: Diagnostic[],
): JsonObject | undefined {
  const broken = syntaxFault(file, text, tokens, document);
  if (broken !== undefined) {
    findings.push(broken);
    return undefined;
  }
  const reading: Reading = { file, rules: intentRules, findings: [], anchors: new Map(), repeated: 0 };
  const value = readRoot(reading, document);
  findings.push(...reading.findings);
  return reading.findings.length === 0 ? value : undefined;
}

function readRoot(reading: Reading, { contents }: YamlDocument): JsonObject | undefined {
  const value = readValue(reading, contents, 1);
  if (isObject(value)) return value;
  if (reading.findings.length === 0) fault(reading, documentIsMap, { found: kindOf(contents) }, contents ?? {});
  return undefined;
}

/** What makes a document no YAML at all; undefined for one that is. */
export function syntaxFault(file: RepoPath, text: string, tokens: readonly CST.Token[], document: YamlDocument): Diagnostic | undefined {
  // Whoever must not use tags has heard so of the tokens; anywhere else every tag is good YAML, known to this reader or not.
  const errors = [...document.errors, ...document.warnings]
    .filter(({ code }) => code !== 'TAG_RESOLVE_FAILED')
    .toSorted((a, b) => a.pos[0] - b.pos[0]);
  const [first] = errors;
  if (first === undefined) return undefined;
  const spanFrom = ({ start, end }: { readonly start: number; readonly end: number }): Span => ({ file, start, end });
  if (first.code === 'TAB_AS_INDENT') {
    const start = Math.min(first.pos[0], text.length);
    return diagnose(noTabIndentation, { params: {}, at: { file, start, end: Math.max(start, Math.min(first.pos[1], text.length)) } });
  }
  const openers = findOpeners(tokens).filter(({ start }) => start >= document.range[0]);
  const { problem, hint, related, ...place } = explainSyntax(text, openers, [first, ...errors]);
  return diagnose(yamlSyntax, {
    params: { problem },
    at: spanFrom(place),
    hints: hint === undefined ? [] : [hint],
    related: related === undefined ? [] : [{ message: related.message, at: spanFrom(related) }],
  });
}

function kindOf(node: unknown): string {
  if (isSeq(node)) return 'a list';
  if (isMap(node)) return 'a map';
  return isScalar(node) && node.source !== '' && !/^(?:~|null)$/i.test(node.source ?? '') ? 'a single value' : 'null';
}
