import { Cron } from 'croner';
import { durationSeconds } from '../../model/duration.ts';
import { originOf } from '../../model/intent.ts';
import { listOr, objectOr } from '../../model/json.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A freeze window that can be told: when it opens, on which clock, and for how long. What can't be read would have to hold always. */
export const readableFreeze = defineRule({
  code: 'MS7211',
  name: 'readable-freeze',
  severity: 'error',
  summary: ({ fault }: { fault: string }) => fault,
  why: 'Nobody could say when rollouts may move; a window that can not be read holds for ever.',
  fix: 'Write five cron fields, a time zone by its IANA name and a length, such as `{cron: "0 18 * * FRI", for: 62h, timezone: Europe/Berlin}`.',
  since: '0.1.0',
  check({ environment }: IntentSubject, report) {
    const { freeze } = objectOr(environment.value.guardrails);
    for (const [i, window] of listOr(freeze).map(objectOr).entries()) {
      const at = (word: string) => originOf(environment, `/guardrails/freeze/${i}/${word}`).at;
      const { cron, timezone } = window;
      const line = cronFault(String(cron));
      if (line !== undefined) report({ params: { fault: `\`${String(cron)}\` is no cron line: ${line}` }, at: at('cron') });
      if (typeof timezone === 'string' && !isTimeZone(timezone))
        report({ params: { fault: `\`${timezone}\` is no time zone` }, at: at('timezone') });
      if (durationSeconds(window.for) === 0) report({ params: { fault: 'this freeze lasts no time at all' }, at: at('for') });
    }
  },
});

/** Why a line is none. */
function cronFault(line: string): string | undefined {
  try {
    new Cron(line, { paused: true, timezone: 'UTC', mode: '5-part' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '').replace(/\.$/, '') : 'it can not be read';
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
