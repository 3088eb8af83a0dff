interface Line {
  readonly mark: ' ' | '+' | '-';
  readonly text: string;
  /** In the old text and in the new, from 1: of this line, or of the next one there. */
  readonly old: number;
  readonly young: number;
}

const context = 3;

/** The lines of a unified diff of two texts, hunks with their heads, without file names; none where they are equal. */
export function unifiedDiff(before: string, after: string): readonly string[] {
  const lines = aligned(linesOf(before), linesOf(after));
  const changed = lines.flatMap(({ mark }, i) => (mark === ' ' ? [] : [i]));
  const hunks: { from: number; to: number }[] = [];
  for (const i of changed) {
    const last = hunks.at(-1);
    if (last !== undefined && i - context <= last.to + 1) last.to = Math.min(lines.length - 1, i + context);
    else hunks.push({ from: Math.max(0, i - context), to: Math.min(lines.length - 1, i + context) });
  }
  return hunks.flatMap(({ from, to }) => {
    const hunk = lines.slice(from, to + 1);
    return [head(hunk), ...hunk.map(({ mark, text }) => `${mark}${text}`)];
  });
}

function head(hunk: readonly Line[]): string {
  const range = (mark: '+' | '-', start: number): string => {
    const count = hunk.filter((line) => line.mark === ' ' || line.mark === mark).length;
    // Of no lines the range names the line before.
    return `${count === 0 ? start - 1 : start}${count === 1 ? '' : `,${count}`}`;
  };
  return `@@ -${range('-', hunk[0]?.old ?? 1)} +${range('+', hunk[0]?.young ?? 1)} @@`;
}

/** By the longest common lines, after what both begin and end with. */
function aligned(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end])
    end++;
  const [old, young] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const common = commonLengths(old, young);
  const lines: Line[] = before.slice(0, start).map((text, i) => ({ mark: ' ', text, old: i + 1, young: i + 1 }));
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    const place = { old: start + i + 1, young: start + j + 1 };
    const [removed, added] = [old[i], young[j]];
    if (removed !== undefined && removed === added) {
      lines.push({ mark: ' ', text: removed, ...place });
      i++;
      j++;
    } else if (removed !== undefined && (added === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      lines.push({ mark: '-', text: removed, ...place });
      i++;
    } else {
      lines.push({ mark: '+', text: added ?? '', ...place });
      j++;
    }
  }
  const tail = before.slice(before.length - end);
  return [
    ...lines,
    ...tail.map((text, k): Line => ({ mark: ' ', text, old: before.length - end + k + 1, young: after.length - end + k + 1 })),
  ];
}

/** How many lines the rests from i and j have in common, at [i][j]. */
function commonLengths(old: readonly string[], young: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(young.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    const [row, below] = [table[i] ?? [], table[i + 1] ?? []];
    for (let j = young.length - 1; j >= 0; j--)
      row[j] = old[i] === young[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
