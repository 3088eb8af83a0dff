import { defineDiagnostic } from '../model/diagnostic.ts';

/** MS8020–MS8026: what is not proposed, for safety (exit 4). */

export const knownTrailerSchema = defineDiagnostic<{ schema: string; known: number }>({
  code: 'MS8020',
  name: 'known-trailer-schema',
  severity: 'error',
  summary: ({ schema, known }) => `a commit carries trailers of schema ${schema}; this Mainsheet knows ${known}`,
  why: 'A newer Mainsheet made it: what its trailers mean is not known here, and guessing could undo its work.',
  fix: 'Run the newer Mainsheet, or close the pull request and delete its branch.',
  since: '0.1.0',
});

export const changedOnOneSide = defineDiagnostic<{ path: string; base: string }>({
  code: 'MS8021',
  name: 'changed-on-one-side',
  severity: 'error',
  summary: ({ path, base }) => `${path} is changed here, and has changed on ${base} meanwhile`,
  why: 'To propose the file as it is here would undo what others changed in it.',
  fix: 'After the first phase of this very change was merged, discard the edit and take theirs, which has the rest in it: `git checkout -- <file>`, then `git pull`. Else commit the edit and put it upon theirs: `git pull --rebase`.',
  since: '0.1.0',
});

export const sameShards = defineDiagnostic<{ environment: string; from: number; to: number }>({
  code: 'MS8022',
  name: 'same-shards',
  severity: 'error',
  summary: ({ environment, from, to }) => `${environment} is rendered in ${from} and declares ${to} shards`,
  why: 'Objects would move between the owners that apply them, and one owner could delete what the other has just created.',
  fix: 'Change the number of shards step by step with `mainsheet render --reshard`, and commit each step by itself.',
  since: '0.1.0',
});

export const shiftWithinGuardrail = defineDiagnostic<{ branch: string; reason: string }>({
  code: 'MS8025',
  name: 'shift-within-guardrail',
  severity: 'error',
  summary: ({ branch, reason }) => `${branch} is not proposed: ${reason}`,
  why: 'The guardrail `maxShift` of the environment holds for whoever moves requests, a person or a rollout.',
  fix: 'Propose a smaller share first, or leave the steps to `mainsheet rollout start`. Going back to what is stable is always possible. If it has to be, raise `guardrails: {maxShift: …}` by a pull request of its own.',
  since: '0.1.0',
});

export const proposableChange = defineDiagnostic<{ branch: string; reason: string }>({
  code: 'MS8024',
  name: 'proposable-change',
  severity: 'error',
  summary: ({ branch, reason }) => `${branch} is not proposed: ${reason}`,
  why: 'A pull request is safe to apply in any order of its objects, or it is the first of phases that each are. What is said above would break on the way.',
  fix: 'Take smaller steps, each merged and live before the next: add what is new, then lead requests there, then take away what is unused; or write by hand what is shown above.',
  since: '0.1.0',
});

export const pullRequestsWithinLimit = defineDiagnostic<{ changes: number; limit: number }>({
  code: 'MS8026',
  name: 'pull-requests-within-limit',
  severity: 'error',
  summary: ({ changes, limit }) => `${changes} changes would be proposed, of which more than ${limit} have no open pull request`,
  why: 'A slip that touches many intents must not become as many pull requests: each is reviewed, checked and merged by itself, and forges slow down whoever opens many.',
  fix: 'Where all are meant, say how many one run may open: `--max-pull-requests <number>`, or `maxPullRequests: <number>` in `mainsheet.yaml`. Else propose one environment at a time (`--env`), or say it once for all intents in what they share, such as `defaults:` of `environment.yaml`: that is one pull request.',
  since: '0.1.0',
});
