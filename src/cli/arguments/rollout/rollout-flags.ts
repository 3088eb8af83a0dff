import { rootFlag, shortJsonFlag } from '../shared-flags.ts';

/** Flags that the commands of rollouts have, in the same words. */

export const nowFlag = {
  kind: 'parsed',
  parse: parseTime,
  brief: 'Decide as of this time, such as 2026-11-24T16:00:00Z; else now',
  placeholder: 'TIME',
  optional: true,
} as const;

export const remoteFlags = {
  base: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'The branch where rollouts are; else as mainsheet.yaml or git says',
    placeholder: 'BRANCH',
  },
  remote: { kind: 'parsed', parse: String, optional: true, brief: 'The remote that has it; else as git would choose', placeholder: 'NAME' },
} as const;

export const automergeFlag = {
  kind: 'enum',
  values: ['never', 'no-traffic', 'gated'],
  optional: true,
  brief: 'Merge by itself where no request changes, or also where gates passed; else as mainsheet.yaml says',
} as const;

export const jsonFlag = { kind: 'enum', values: ['text', 'json'], default: 'text', brief: 'Form of the answer' } as const;

/** Of commands that only look: whoever runs them all may pass it to all. */
const dryAnywayFlag = {
  kind: 'boolean',
  optional: true,
  withNegated: false,
  brief: 'Nothing is changed, with it or without',
} as const;

/** What the commands take that say where rollouts are, or will be. */
export const lookingFlags = {
  ...remoteFlags,
  now: nowFlag,
  dryRun: dryAnywayFlag,
  format: jsonFlag,
  json: shortJsonFlag,
  root: rootFlag,
} as const;

/** Seconds since 1970 of a time with its zone. */
function parseTime(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new SyntaxError(`"${text}" is no time; write one such as 2026-11-24T16:00:00Z`);
  return Math.floor(time / 1000);
}
