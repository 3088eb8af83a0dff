import type { ChangeReport } from '../model/change-report.ts';
import { changeHeadline, failureLines, intentWords, objectWords } from './change-words.ts';
import { codeText, fencedText, proseText } from './markdown-text.ts';
import { visibleText } from './visible-text.ts';

/** The same for a pull request. Names and values stand in code, so that nothing of them is read as Markdown. */
export function renderChangeMarkdown(report: ChangeReport): string {
  const { failure, refusal, phases, notes } = report;
  const blocks = [`### ${proseText(changeHeadline(report))}`];
  if (failure !== undefined)
    blocks.push('Applied at once, in an unlucky order:', fencedText('text', failureLines(failure).map(visibleText)).join('\n'));
  if (refusal !== undefined)
    blocks.push('Split into phases, still:', fencedText('text', failureLines(refusal).map(visibleText)).join('\n'));
  if (phases.length > 0) {
    const rows = phases.map(
      ({ name, objects, intents }, i) =>
        `| ${i + 1} ${name} | ${objects.map((one) => codeText(objectWords(one))).join('<br>')} | ${intents.map((one) => codeText(intentWords(one), 2000)).join('<br>')} |`,
    );
    blocks.push(['| phase | objects | intents |', '|---|---|---|', ...rows].join('\n'));
  }
  for (const note of notes) blocks.push(`> ${proseText(note)}`);
  return `${blocks.join('\n\n')}\n`;
}
