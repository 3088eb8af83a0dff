import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import { visibleText } from './visible-text.ts';

/** Where programs insist on a place for a finding that has none: the file that stands for the whole repository. */
export const placeOfTheWhole = 'mainsheet.yaml';

/** What is wrong, with the help for this case, why it matters and what to write: for viewers that show several plain lines. */
export function plainMessage(diagnostic: Pick<LocatedDiagnostic, 'message' | 'hints' | 'why' | 'fix'>): string {
  const notes = [...diagnostic.hints, labelled('Why', diagnostic.why), labelled('Fix', diagnostic.fix)].filter((note) => note !== '');
  return [visibleText(diagnostic.message), ...notes.flatMap((note) => note.split('\n')).map(visibleText)].join('\n');
}

function labelled(label: string, text: string): string {
  return text === '' ? '' : `${label}: ${text}`;
}
