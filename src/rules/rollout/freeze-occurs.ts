import { Cron } from 'croner';
import { originOf } from '../../model/intent.ts';
import { listOr, objectOr } from '../../model/json.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A freeze window that opens at some time: a line may be well formed and name days that no year has. */
export const freezeOccurs = defineRule({
  code: 'MS7220',
  name: 'freeze-occurs',
  severity: 'warning',
  summary: ({ cron }: { cron: string }) => `this freeze never begins: no year has a day such as \`${cron}\` names`,
  why: 'Rollouts go on at the time that was meant to be kept free of changes, and nobody notices.',
  fix: 'Name a day of the month that there is; the last of any month is `L`, such as `{cron: "0 0 L 2 *", for: 24h}`.',
  since: '0.1.0',
  check({ environment }: IntentSubject, report) {
    const { freeze } = objectOr(environment.value.guardrails);
    for (const [i, { cron }] of listOr(freeze).map(objectOr).entries()) {
      const line = String(cron);
      if (neverComes(line)) report({ params: { cron: line }, at: originOf(environment, `/guardrails/freeze/${i}/cron`).at });
    }
  },
});

/** A line that can't be read is told of as such. From a fixed day on, of a leap year: what is said does not depend on when it is asked. */
function neverComes(line: string): boolean {
  try {
    return new Cron(line, { paused: true, timezone: 'UTC', mode: '5-part' }).nextRun(new Date('2024-01-01T00:00:00Z')) === null;
  } catch {
    return false;
  }
}
