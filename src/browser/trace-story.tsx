import { renderDecisionText, type TracedDecision } from '../report/decision-text.ts';
import { visibleText } from '../report/visible-text.ts';
import { CopyButton } from './copy-button.tsx';
import { Story, storyPalette } from './story.tsx';

export interface Traced {
  readonly told: TracedDecision;
  /** The page of whoever has a host; undefined where no intent does. */
  readonly linkTo: (host: string) => string | undefined;
  /** That asks the same. */
  readonly command: string;
}

/** Why a request ends where it does: the text that `mainsheet trace` prints, and the command line that prints it. */
export function TraceStory({ traced: { told, command } }: { readonly traced: Pick<Traced, 'told' | 'command'> }) {
  return (
    <>
      <h2>Why</h2>
      <Story text={renderDecisionText(told, storyPalette)} />
      <p class="command">
        <span class="faint">The same in a terminal:</span> <code>{visibleText(command)}</code> <CopyButton text={command} />
      </p>
    </>
  );
}
