import type { UnreadableWords } from '../model/request-words.ts';
import { visibleText } from '../report/visible-text.ts';

/** What of a request cannot be read, and what to write instead. */
export function TraceFault({ fault: { what, help } }: { readonly fault: UnreadableWords }) {
  return (
    <div class="fault" role="alert">
      <p>{visibleText(what)}</p>
      {help.map((one) => (
        <p key={one} class="faint">
          {visibleText(one)}
        </p>
      ))}
    </div>
  );
}
