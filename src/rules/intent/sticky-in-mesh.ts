import { originOf } from '../../model/intent.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { rememberingOf } from './remembering.ts';

/** Services that call one another have no cookie jars, unless they pass on the cookies of whom they serve. */
export const stickyInMesh = defineRule({
  code: 'MS3008',
  name: 'sticky-in-mesh',
  severity: 'warning',
  summary: ({ name }: { name: string }) => `${name} shall be remembered by callers inside the mesh, which rarely keep cookies`,
  why: 'A caller that does not send the cookie back is drawn anew with each request, and gets a header that it does not know.',
  fix: 'Remove `mesh: true`, or waive this where the callers pass the cookie on.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { intent, sticky } of rememberingOf(subject))
      if (sticky.mesh === true) report({ params: { name: intent.name }, at: originOf(intent, '/canary/sticky/mesh').at });
  },
});
