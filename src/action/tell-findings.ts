import { isList, isObject, type Json, listOr, objectOr } from '../model/json.ts';
import { codeText, proseText } from '../report/markdown-text.ts';

/** What a SARIF report says, as far as a job tells it. */
export interface ToldFindings {
  readonly errors: number;
  readonly warnings: number;
  readonly markdown: string;
}

/** So many stand in the job's summary; the report has all. */
const shownFindings = 100;

/** Counts, and a table for the job's summary. */
export function tellFindings(title: string, sarif: Json): ToldFindings {
  const results = listOr(objectOr(sarif).runs).flatMap((run) => listOr(objectOr(run).results));
  const count = (level: string) => results.filter((one) => objectOr(one).level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const rows = results.slice(0, shownFindings).map(findingRow);
  const more = results.length - rows.length;
  const lines = [
    `### ${proseText(title)}: ${
      results.length === 0
        ? 'nothing found'
        : counted([
            [errors, 'error'],
            [warnings, 'warning'],
            [results.length - errors - warnings, 'note'],
          ])
    }`,
    ...(rows.length === 0 ? [] : ['', '| | finding | where |', '|---|---|---|', ...rows]),
    ...(more > 0 ? ['', `${more} more are in the log and in the report.`] : []),
  ];
  return { errors, warnings, markdown: `${lines.join('\n')}\n` };
}

function findingRow(result: Json): string {
  const { ruleId, level, message, locations } = objectOr(result);
  const place = objectOr(objectOr(isList(locations) ? locations[0] : undefined).physicalLocation);
  const { uri } = objectOr(place.artifactLocation);
  const { startLine } = objectOr(place.region);
  const where = typeof uri === 'string' ? codeText(typeof startLine === 'number' ? `${uri}:${startLine}` : uri) : '';
  const text = isObject(message) && typeof message.text === 'string' ? (message.text.split('\n')[0] ?? '') : '';
  return `| ${level === 'error' ? 'error' : level === 'warning' ? 'warning' : 'note'} | ${codeText(String(ruleId ?? ''))} ${proseText(text)} | ${where} |`;
}

function counted(counts: readonly (readonly [number, string])[]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ');
}
