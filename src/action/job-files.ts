import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** Bytes of a step's summary: GitHub refuses more than 1 MiB of one step. */
const summaryLimit = 1_000_000;

/**
 * Appends outputs to the file that GITHUB_OUTPUT names, each between lines with a word that its value cannot have (docs.github.com,
 * "Workflow commands", multiline strings).
 */
export function writeOutputs(file: string | undefined, outputs: Readonly<Record<string, string>>): void {
  if (file === undefined || file === '') return;
  const entries = Object.entries(outputs).map(([name, value]) => {
    const end = `end-${randomUUID()}`;
    return `${name}<<${end}\n${value}\n${end}\n`;
  });
  appendFileSync(file, entries.join(''));
}

/** Appends Markdown to the job's summary; what is too long for it is cut behind a line, and said. */
export function writeSummary(file: string | undefined, markdown: string, report: string): void {
  if (file === undefined || file === '') return;
  appendFileSync(file, `${fitted(markdown, report)}\n`);
}

function fitted(markdown: string, report: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= summaryLimit) return markdown;
  const lines = bytes.subarray(0, summaryLimit).toString().split('\n').slice(0, -1);
  // A fence that was cut would swallow what follows.
  const fence = lines.reduce<string | undefined>((open, line) => {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    if (mark === undefined) return open;
    return open === undefined ? mark : line === open ? undefined : open;
  }, undefined);
  return [...lines, ...(fence === undefined ? [] : [fence]), '', `The rest is in \`${report}\`.`, ''].join('\n');
}
