import { targets } from './targets.mjs';

/** The table of one size; every ratio is against the cold render of the same run. */
export function table(n, rows, load) {
  const ours = rows.find(({ name }) => name === 'mainsheet');
  const times = (value, base) => (value === undefined || base === undefined ? '–' : `${digits(value / base)} ×`);
  const lines = rows.map((row) =>
    row.skipped === undefined
      ? [
          row.title,
          row.runs.length,
          row.cpu.toFixed(3),
          row.wall.toFixed(3),
          row.memory === undefined ? '–' : row.memory.toFixed(0),
          times(row.cpu, ours?.cpu),
          times(row.wall, ours?.wall),
          row.checks,
        ]
      : [row.title, '–', '–', '–', '–', '–', '–', `skipped: ${row.skipped}`],
  );
  return [
    `## ${n} services`,
    '',
    `Load of the machine, average of the last minute: ${load.toFixed(1)}`,
    '',
    ...markdownTable(['', 'runs', 'CPU s', 'wall s', 'peak MB', 'CPU ÷ cold', 'wall ÷ cold', 'checks of its own accord'], lines),
    '',
  ].join('\n');
}

/** Whether each target was reached; `equalities` are the sizes for which the cache was seen to change no byte. */
export function targetTable(results, equalities) {
  const of = (n, name) => results.find((size) => size.n === n)?.rows.find((row) => row.name === name && row.skipped === undefined);
  const judged = targets.map(({ title, judge }) => ({ title, ...judge(of) }));
  const equal = equalities.length === 0 ? {} : { value: `N=${equalities.join(', ')}`, reached: true };
  return [...judged, { title: '`--no-cache` is byte-equal', ...equal }];
}

export function targetText(judged) {
  const word = (reached) => (reached === undefined ? 'not measured' : reached ? 'reached' : '**missed**');
  const lines = judged.map(({ title, value, reached }) => [title, value ?? '–', word(reached)]);
  return ['## Targets', '', ...markdownTable(['', 'measured', ''], lines), ''].join('\n');
}

function markdownTable(head, lines) {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...lines.map(row)];
}

function digits(ratio) {
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2);
}
