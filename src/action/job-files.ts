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
export function writeSummary(file: string | undefined, markdown: string): void {
  if (file === undefined || file === '') return;
  appendFileSync(file, `${fitted(markdown)}\n`);
}

function fitted(markdown: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= summaryLimit) return markdown;
  const whole = markdown.split('\n');
  const lines = bytes.subarray(0, summaryLimit).toString().split('\n').slice(0, -1);
  const more = whole.length - lines.length;
  return [...lines, ...openAt(lines), '', `and ${more} more lines, which the log has.`, ''].join('\n');
}

/** What closes a fence or a fold that was cut: it would swallow what follows. */
function openAt(lines: readonly string[]): readonly string[] {
  let fence: string | undefined;
  let folds = 0;
  for (const line of lines) {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    if (fence !== undefined) fence = line === fence ? undefined : fence;
    else if (mark !== undefined) fence = mark;
    else if (line.startsWith('<details>')) folds += 1;
    else if (line === '</details>') folds -= 1;
  }
  return [...(fence === undefined ? [] : [fence]), ...Array.from({ length: Math.max(0, folds) }, () => '\n</details>')];
}
