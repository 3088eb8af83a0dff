import type { UnreadableWords } from '../model/request-words.ts';
import { renderDecisionText, type TracedDecision } from '../report/decision-text.ts';
import { visibleText } from '../report/visible-text.ts';
import { CopyButton } from './copy-button.tsx';
import { Story, storyPalette } from './story.tsx';
import { TraceEnd } from './trace-end.tsx';

export interface Traced {
  readonly told: TracedDecision;
  /** That asks the same. */
  readonly command: string;
}

/** What became of a request, in the words of `mainsheet trace`: where it ends, why, and the text that the command prints. */
export function TraceAnswer({ traced }: { readonly traced: Traced | UnreadableWords }) {
  if ('what' in traced)
    return (
      <div class="fault" role="alert">
        <p>{visibleText(traced.what)}</p>
        {traced.help.map((help) => (
          <p key={help} class="faint">
            {visibleText(help)}
          </p>
        ))}
      </div>
    );
  const { told, command } = traced;
  return (
    <>
      <TraceEnd told={told} />
      <h2>Why</h2>
      <Story text={renderDecisionText(told, storyPalette)} />
      <p class="command">
        <span class="faint">The same in a terminal:</span> <code>{visibleText(command)}</code> <CopyButton text={command} />
      </p>
    </>
  );
}
