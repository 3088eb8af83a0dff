import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import {
  branchName,
  type ProposedChange,
  proposableChange,
  type RefusedChange,
  shiftWithinGuardrail,
} from '../../pipelines/propose/propose.ts';
import { renderChangeText } from '../../report/change-text.ts';
import { valueWords } from '../../report/decision-words.ts';
import { palette } from '../../report/palette.ts';
import { visibleText } from '../../report/visible-text.ts';

/** Why a change is not proposed: the request that would fail, or what has to be written by hand. */
export function refusalText({ key, reports, edits }: RefusedChange): string {
  const lines = edits.flatMap(({ title, reason, patch }) => [`  ${title}: ${reason}`, `    ${valueWords(patch)}`]);
  const byHand = edits.length === 0 ? [] : ['Its first phase has to be written by hand:', ...lines];
  const told = reports.map((report) => renderChangeText(report, palette(false)));
  return [`${visibleText(branchName(key))}:`, ...told, ...byHand.map(visibleText), ''].join('\n');
}

/** The same as findings, which say what to do. */
export function refusalFindings(changes: readonly RefusedChange[]): readonly Diagnostic[] {
  return changes.map(({ key, edits }) => {
    const reason = edits.length > 0 ? 'its first phase cannot be written into the intents' : 'no order of its phases is safe';
    return diagnose(proposableChange, { params: { branch: branchName(key), reason } });
  });
}

/** Changes that move more than one pull request may. */
export function shiftFindings(changes: readonly ProposedChange[]): readonly Diagnostic[] {
  return changes.flatMap(({ key, blocks = [] }) =>
    blocks
      .filter(({ kind }) => kind === 'max-shift')
      .map(({ reason }) => diagnose(shiftWithinGuardrail, { params: { branch: branchName(key), reason } })),
  );
}
