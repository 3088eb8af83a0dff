import type { ChangeReport } from '../model/change-report.ts';
import { changeHeadline, failureLines, intentWords, objectWords } from './change-words.ts';
import type { Palette } from './palette.ts';
import { visibleText } from './visible-text.ts';

/** A change with the request that would have failed and the phases, for people at a terminal. */
export function renderChangeText(report: ChangeReport, palette: Palette): string {
  const { verdict, failure, refusal, phases, notes } = report;
  const paint = verdict === 'refused' || verdict === 'unsplit' ? palette.severity.error : palette.strong;
  const lines = [paint(visibleText(changeHeadline(report)))];
  const because = (title: string, told: readonly string[]): readonly string[] => [
    '',
    `  ${title}`,
    ...told.map((line) => `    ${visibleText(line)}`),
  ];
  if (failure !== undefined) lines.push(...because('Applied at once, in an unlucky order:', failureLines(failure)));
  if (refusal !== undefined) lines.push(...because('Split into phases, still:', failureLines(refusal)));
  for (const [i, { name, objects, intents }] of phases.entries()) {
    const title = phases.length === 1 ? name : `${i + 1} ${name}`;
    lines.push('', `  ${palette.good(title)}`, ...objects.map((object) => `    ${visibleText(objectWords(object))}`));
    lines.push(...intents.map((intent) => `    ${palette.guide(visibleText(intentWords(intent)))}`));
  }
  for (const note of notes) lines.push('', `  ${palette.severity.warning('note')} ${visibleText(note)}`);
  return `${lines.join('\n')}\n`;
}
