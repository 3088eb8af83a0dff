import { branchName, type RefusedChange } from '../../propose.ts';
import { renderChangeText } from '../../report/change-text.ts';
import { valueWords } from '../../report/decision-words.ts';
import { palette } from '../../report/palette.ts';
import { visibleText } from '../../report/visible-text.ts';

/** Why a change is not proposed: the request that would fail, or what has to be written by hand. */
export function refusalText({ key, reports, edits }: RefusedChange): string {
  const lines = edits.flatMap(({ title, reason, patch }) => [`  ${title}: ${reason}`, `    ${valueWords(patch)}`]);
  const byHand = edits.length === 0 ? [] : ['Its first phase has to be written by hand:', ...lines];
  const told = reports.map((report) => renderChangeText(report, palette(false)));
  return [`${visibleText(branchName(key))} is not proposed.`, ...told, ...byHand.map(visibleText), ''].join('\n');
}
