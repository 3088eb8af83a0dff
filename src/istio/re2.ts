import { RE2JS, RE2JSSyntaxException } from 're2js';
import { exampleOf } from './re2-example.ts';

/** A pattern as Envoy reads it. */
export interface Re2 {
  /** Whether the whole text matches, as everywhere in Istio: Envoy's regex matches are full matches. */
  readonly matches: (text: string) => boolean;
  /** What every text that matches begins with, as far as that is seen at once. */
  readonly beginning: string;
  /** A short text that matches, or nearly: see exampleOf. */
  readonly example: string | undefined;
}

/** What becomes of a pattern: it can be run, Istio or Envoy would refuse it, or it is legal and beyond this reader. */
export type Re2Reading =
  | { readonly kind: 'read'; readonly re2: Re2 }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unread' };

/** Istio counts bytes: pkg/config/validation/validation.go validateStringRegexp. */
export const longestRe2 = 1024;

const cacheSize = 2000;
const readings = new Map<string, Re2Reading>();
const programs = new Map<string, RE2JS>();
const searches = new Map<string, { readonly program: RE2JS | undefined }>();

/** Patterns are never run by JavaScript's RegExp, which knows other syntax and can be made to run for ever. */
export function readRe2(pattern: string): Re2Reading {
  return cached(readings, pattern, read);
}

/** The program of a pattern that is known to compile, however long. */
export function re2Program(pattern: string): RE2JS {
  return cached(programs, pattern, (text) => RE2JS.compile(text));
}

/** Whether a pattern is found anywhere in a text, as API servers judge `pattern` in a CRD; so is one that RE2 refuses, for no CRD holds it. */
export function foundByRe2(pattern: string, text: string): boolean {
  const { program } = cached(searches, pattern, search);
  return program === undefined || program.matcher(text).find();
}

function search(pattern: string): { readonly program: RE2JS | undefined } {
  try {
    return { program: RE2JS.compile(pattern) };
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return { program: undefined };
    throw error;
  }
}

function cached<T>(cache: Map<string, T>, key: string, make: (key: string) => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= cacheSize) cache.clear();
  const made = make(key);
  cache.set(key, made);
  return made;
}

/** A pattern that matches just this text. */
export function quoteRe2(text: string): string {
  return RE2JS.quote(text);
}

function read(pattern: string): Re2Reading {
  const bytes = new TextEncoder().encode(pattern).length;
  if (pattern === '') return refused('it is empty');
  if (bytes > longestRe2) return refused(`it has ${bytes} bytes, and ${longestRe2} is the limit`);
  try {
    const compiled = re2Program(pattern);
    const named = newlyNamed(pattern, compiled);
    if (named !== undefined) return refused(`\`(?<${named}>\` is read by newer versions of RE2 only; write \`(?P<${named}>\``);
    const matches = (text: string) => compiled.testExact(text);
    return { kind: 'read', re2: { matches, beginning: beginningOf(pattern, compiled), example: exampleOf(compiled) } };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    // RE2 lets a name be given twice; the port doesn't.
    if (error.getDescription().startsWith('duplicate capture group')) return { kind: 'unread' };
    const part = error.getPattern();
    return refused(part === null || part === '' ? error.getDescription() : `${error.getDescription()} at \`${part}\``);
  }
}

function refused(reason: string): Re2Reading {
  return { kind: 'refused', reason };
}

function beginningOf(pattern: string, compiled: RE2JS): string {
  // An anchor in front says nothing of a whole match, and hides the letters behind it. `^{2}` would become other letters without it.
  if (pattern.startsWith('^') && pattern[1] !== '{') {
    const bare = readRe2(pattern.slice(1));
    return bare.kind === 'read' ? bare.re2.beginning : '';
  }
  return compiled.re2().prefix ?? '';
}

/** A group named in the way that RE2 reads since 2023, and Istio's own check since it is built with Go 1.22. */
function newlyNamed(pattern: string, compiled: RE2JS): string | undefined {
  return Object.keys(compiled.namedGroups()).find((name) => !pattern.includes(`(?P<${name}>`));
}
