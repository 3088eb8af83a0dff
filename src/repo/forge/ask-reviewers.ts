import { orWarn, refusals, type Warn } from './forge-fault.ts';

/** As GitHub and Gitea spell them: people by name, teams apart and without their organization. */
export interface AskedReviewers {
  readonly reviewers: string[];
  readonly team_reviewers: string[];
}

/** Asks for reviews: 'jason' is a person, 'bookinfo/web' a team. What the forge refuses is a warning. */
export function askReviewers(names: readonly string[], warn: Warn, ask: (asked: AskedReviewers) => Promise<unknown>): Promise<void> {
  return orWarn(
    warn,
    `reviewers ${names.join(', ')}`,
    async () => {
      const reviewers = names.filter((name) => !name.includes('/'));
      const team_reviewers = names.filter((name) => name.includes('/')).map((name) => name.slice(name.indexOf('/') + 1));
      if (names.length > 0) await ask({ reviewers, team_reviewers });
    },
    refusals,
  );
}
