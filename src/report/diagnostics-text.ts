import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { FileTree, Span } from '../model/source.ts';
import { codeFrame } from './code-frame.ts';
import { countWords, orderedDiagnostics, severityCounts } from './ordered-diagnostics.ts';
import { type Palette, palette } from './palette.ts';
import { type Regions, regionsIn } from './region.ts';
import { visibleText } from './visible-text.ts';
import { wrappedText } from './wrapped-text.ts';

export interface DiagnosticsTextOptions {
  readonly color: boolean;
  /** Columns to stay within; 100 where nobody knows better, so that files and logs look alike everywhere. */
  readonly width?: number;
}

/**
 * Findings for people: what is wrong, where, with the lines themselves, why it matters and what to write instead.
 * Empty when there are none. What cannot be seen in quoted text is shown as an escape; nothing in it can act on a terminal or log.
 */
export function renderDiagnosticsText(diagnostics: readonly LocatedDiagnostic[], files: FileTree, options: DiagnosticsTextOptions): string {
  const ordered = orderedDiagnostics(diagnostics);
  if (ordered.length === 0) return '';
  const page: Page = { regions: regionsIn(files), palette: palette(options.color), width: options.width ?? 100 };
  const blocks = ordered.map((diagnostic) => `${blockOf(diagnostic, page).join('\n')}\n\n`);
  return `${blocks.join('')}${page.palette.strong(countWords(severityCounts(ordered)))}\n`;
}

interface Page {
  readonly regions: Regions;
  readonly palette: Palette;
  readonly width: number;
}

function blockOf(diagnostic: LocatedDiagnostic, page: Page): readonly string[] {
  const { code, name, severity, message, at, related } = diagnostic;
  const word = severity === 'info' ? 'note' : severity;
  const head = `${page.palette.severity[severity](`${word}[${code}]`)} ${name}: ${page.palette.strong(visibleText(message))}`;
  const gutter = gutterOf(diagnostic, page.regions);
  const frames = at === undefined ? [] : placeLines(at, '', { arrow: '-->', underline: '^', diagnostic, gutter }, page);
  const relatedFrames = related.flatMap((other) =>
    placeLines(other.at, visibleText(other.message), { arrow: ':::', underline: '-', diagnostic, gutter }, page),
  );
  return [head, ...frames, ...relatedFrames, ...noteLines(diagnostic, gutter, frames.length + relatedFrames.length > 0, page)];
}

interface PlaceStyle {
  readonly arrow: string;
  readonly underline: '^' | '-';
  readonly diagnostic: LocatedDiagnostic;
  readonly gutter: number;
}

function placeLines(span: Span, label: string, style: PlaceStyle, page: Page): readonly string[] {
  const { guide, severity } = page.palette;
  const isPrimary = style.underline === '^';
  const pad = ' '.repeat(isPrimary ? style.gutter : style.gutter + 1);
  const region = page.regions.of(span);
  const lines = page.regions.lines(span.file);
  if (region === undefined || lines === undefined) {
    return [`${pad}${guide(style.arrow)} ${visibleText(span.file)}${label === '' ? '' : `: ${label}`}`];
  }
  const paint = isPrimary ? severity[style.diagnostic.severity] : guide;
  const frame = codeFrame(lines, region, label, {
    underline: style.underline,
    paint,
    palette: page.palette,
    gutter: style.gutter,
    width: page.width,
    holder: isPrimary,
  });
  return [`${pad}${guide(style.arrow)} ${visibleText(span.file)}:${region.start.line}:${region.start.column}`, ...frame];
}

function noteLines(diagnostic: LocatedDiagnostic, gutter: number, afterFrame: boolean, page: Page): readonly string[] {
  const { guide, good } = page.palette;
  const notes = [
    ...diagnostic.hints.map((hint) => note('help', good, hint, gutter, page)),
    note('why', page.palette.strong, diagnostic.why, gutter, page),
    note('fix', good, diagnostic.fix, gutter, page),
  ].flat();
  return afterFrame && notes.length > 0 ? [guide(`${' '.repeat(gutter)} |`), ...notes] : notes;
}

function note(word: string, paint: (text: string) => string, text: string, gutter: number, page: Page): readonly string[] {
  if (text === '') return [];
  const pad = ' '.repeat(gutter + 3 + word.length + 2);
  const lines = wrappedText(text, Math.max(40, page.width - pad.length)).map(visibleText);
  const head = `${' '.repeat(gutter)} ${page.palette.guide('=')} ${paint(`${word}:`)} `;
  return lines.map((line, i) => (i === 0 ? `${head}${line}` : `${pad}${line}`));
}

/** Columns of the largest line number shown for a finding. */
function gutterOf(diagnostic: LocatedDiagnostic, regions: Regions): number {
  const places = [diagnostic.at, ...diagnostic.related.map((other) => other.at)];
  const last = places.map((place) => (place === undefined ? 1 : (regions.of(place)?.end.line ?? 1)));
  return String(Math.max(...last)).length;
}
