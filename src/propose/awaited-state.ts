import type { ChangeReport } from '../model/change-report.ts';
import type { AwaitedState } from '../model/pull-request-story.ts';

/** A contract takes away what requests may still be led to, until the state before it is live; so does any phase but the first. */
export function awaitedState(reports: readonly ChangeReport[], isContinued: boolean): { readonly waitsFor?: AwaitedState } {
  if (isContinued) return { waitsFor: 'phase' };
  return reports.some(({ phases: [first] }) => first?.name === 'contract') ? { waitsFor: 'base' } : {};
}
