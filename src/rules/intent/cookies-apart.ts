import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { rememberingOf } from './remembering.ts';

/** Two services behind one host would overwrite each other's cookie; behind different hosts browsers keep them apart. */
export const cookiesApart = defineRule({
  code: 'MS3010',
  name: 'cookies-apart',
  severity: 'warning',
  summary: ({ name, other, cookie }: { name: string; other: string; cookie: string }) =>
    `users of ${name} and of ${other} are remembered by one cookie, \`${cookie}\``,
  why: 'Where a browser calls both under one host, each answer overwrites what the other has written, and users change versions at random.',
  fix: 'Give one of them another name with `sticky: {cookie: …}`; waive this where the two are called under different hosts.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    const remembering = rememberingOf(subject);
    for (const [i, { intent, cookie, at }] of remembering.entries()) {
      const twin = remembering.slice(0, i).find((other) => other.cookie === cookie);
      if (twin === undefined) continue;
      const related = twin.at === undefined ? [] : [{ message: 'the other', at: twin.at }];
      report({ params: { name: intent.name, other: twin.intent.name, cookie }, at, related });
    }
  },
});
