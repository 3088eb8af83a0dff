import { authorFault } from '../../repo/git/identity.ts';

/** What `--author` is given, if it can be meant. */
export function authorOf(text: string): string {
  const fault = authorFault(text);
  if (fault !== undefined) throw new SyntaxError(fault);
  return text;
}
