import type { ChangeReport } from '../model/change-report.ts';
import { changeHeadline, failureLines, intentWords, objectWords } from './change-words.ts';
import { visibleText } from './visible-text.ts';

/** The same for a pull request. Names and values stand in code, so that nothing of them is read as Markdown. */
export function renderChangeMarkdown(report: ChangeReport): string {
  const { failure, refusal, phases, notes } = report;
  const blocks = [`### ${escaped(changeHeadline(report))}`];
  if (failure !== undefined) blocks.push('Applied at once, in an unlucky order:', fenced(failureLines(failure)));
  if (refusal !== undefined) blocks.push('Split into phases, still:', fenced(failureLines(refusal)));
  if (phases.length > 0) {
    const rows = phases.map(
      ({ name, objects, intents }, i) =>
        `| ${i + 1} ${name} | ${objects.map((one) => cell(objectWords(one))).join('<br>')} | ${intents.map((one) => cell(intentWords(one))).join('<br>')} |`,
    );
    blocks.push(['| phase | objects | intents |', '|---|---|---|', ...rows].join('\n'));
  }
  for (const note of notes) blocks.push(`> ${escaped(note)}`);
  return `${blocks.join('\n\n')}\n`;
}

function fenced(lines: readonly string[]): string {
  const text = lines.map(visibleText).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function cell(text: string): string {
  return `<code>${visibleText(text).replace(/[&<>|`]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}

function escaped(text: string): string {
  return visibleText(text).replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
