import type { LocatedDiagnostic, Severity } from '../model/diagnostic.ts';
import { byCodePoint } from '../model/names.ts';
import type { FileTree, Span } from '../model/source.ts';
import { orderedDiagnostics } from './ordered-diagnostics.ts';
import { placeOfTheWhole } from './plain-message.ts';
import { type Regions, regionsIn } from './region.ts';
import { visibleJson, visibleText } from './visible-text.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

export interface SarifTool {
  readonly version: string;
}

/**
 * SARIF 2.1.0 (OASIS), as code scanning of GitHub and others reads it. The rules are those of the findings at hand.
 * A finding without a place is put on the settings file: code scanning refuses results that have no location.
 */
export function renderDiagnosticsSarif(diagnostics: readonly LocatedDiagnostic[], files: FileTree, tool: SarifTool): string {
  const ordered = orderedDiagnostics(diagnostics);
  const regions = regionsIn(files);
  const rules = rulesOf(ordered);
  const ruleIndex = new Map(rules.map((rule, i) => [rule.id, i]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Mainsheet', version: tool.version, semanticVersion: tool.version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        results: ordered.map((diagnostic) => resultOf(diagnostic, ruleIndex.get(diagnostic.code) ?? -1, regions)),
      },
    ],
  };
  return `${visibleJson(log)}\n`;
}

function rulesOf(diagnostics: readonly LocatedDiagnostic[]) {
  const byCode = new Map<string, LocatedDiagnostic>();
  for (const diagnostic of diagnostics) if (!byCode.has(diagnostic.code)) byCode.set(diagnostic.code, diagnostic);
  return [...byCode.values()]
    .sort((a, b) => byCodePoint(a.code, b.code))
    .map(({ code, name, severity, why, fix }) => ({
      id: code,
      name,
      shortDescription: { text: firstSentence(why) || sentence(name) },
      fullDescription: { text: why },
      help: { text: fix, markdown: fix },
      defaultConfiguration: { level: levels[severity] },
    }));
}

function resultOf(diagnostic: LocatedDiagnostic, ruleIndex: number, regions: Regions) {
  const { code, severity, message, hints, at, related } = diagnostic;
  const locations = [{ physicalLocation: at === undefined ? artifact(placeOfTheWhole) : physicalLocation(at, regions) }];
  const relatedLocations = related.map((other, i) => ({
    id: i + 1,
    physicalLocation: physicalLocation(other.at, regions),
    message: { text: visibleText(other.message) },
  }));
  const text = [message, ...hints].map(visibleText).join('\n');
  const result = { ruleId: code, ruleIndex, level: levels[severity], message: { text }, locations };
  return relatedLocations.length === 0 ? result : { ...result, relatedLocations };
}

function physicalLocation(span: Span, regions: Regions) {
  const region = regions.of(span);
  if (region === undefined) return artifact(span.file);
  const { start, end } = region;
  return {
    ...artifact(span.file),
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}

/** A path as a relative URI reference (RFC 3986); a colon in its first segment would read as a scheme. */
function artifact(path: string) {
  const uri = path
    .replace(/[\u{d800}-\u{dfff}]/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' } };
}

/** What code scanning heads a rule's page with. A full stop within a word, as in `environment.yaml`, ends nothing. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+[A-Z`"(]|$)/s.exec(text)?.[0] ?? text;
}

/** 'known-subset' → 'Known subset.' */
function sentence(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}
