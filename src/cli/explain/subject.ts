import { usageError } from '../usage-error.ts';
import type { Inputs } from '../workspace.ts';

/** What someone wants explained. */
export type Subject =
  | { readonly kind: 'intent'; readonly name: string }
  | { readonly kind: 'line'; readonly environment: string; readonly file: string; readonly path: string; readonly line: number };

/** `<rendered>/<environment>/<file>.yaml:12`, spelled from wherever the user is, is a line of a rendered file; everything else an intent. */
export function parseSubject(text: string, { environments, settings }: Inputs): Subject {
  const match = /^(.+\.ya?ml)(?::(\d+))?(?::\d+)?$/.exec(text);
  if (match === null) return { kind: 'intent', name: text };
  const [, file = '', line] = match;
  if (line === undefined || Number(line) < 1) throw usageError(`which line of ${file}?`, [`write ${file}:12 for its line 12`]);
  const spelled = `/${file.replaceAll('\\', '/')}`;
  for (const environment of environments) {
    const folder = `/${settings.rendered}/${environment}/`;
    const start = spelled.lastIndexOf(folder);
    if (start !== -1) return { kind: 'line', environment, file, path: spelled.slice(start + folder.length), line: Number(line) };
  }
  throw usageError(`${file} is no file that an environment renders to`, [
    `write it as ${settings.rendered}/<environment>/<file>.yaml:<line>`,
  ]);
}
