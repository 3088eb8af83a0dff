import { defineDiagnostic } from '../model/diagnostic.ts';

/** MS7001–MS7019: what can't be proposed. */

export const olderTool = defineDiagnostic<{ schema: string; known: number }>({
  code: 'MS7001',
  name: 'known-trailer-schema',
  severity: 'error',
  summary: ({ schema, known }) => `a commit on the branch carries trailers of schema ${schema}; this Mainsheet knows ${known}`,
  why: 'A newer Mainsheet made the branch: what its trailers mean is not known here, and guessing could undo its work.',
  fix: 'Run the newer Mainsheet, or close the pull request and delete its branch.',
  since: '0.1.0',
});
