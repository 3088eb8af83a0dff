import { displayWidth } from '../../report/display-width.ts';

/** "prod     12 files, up to date": one line per environment, the words beneath one another. */
export function environmentLines(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...rows.map(([name]) => displayWidth(name)));
  return rows.map(([name, words]) => `${name}${' '.repeat(width - displayWidth(name))}  ${words}\n`).join('');
}
