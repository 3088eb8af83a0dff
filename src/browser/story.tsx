import type { Palette } from '../report/palette.ts';

/** What a report stresses; each begins with a character of its own that no shown text holds, for texts have such as escapes. */
const stresses = ['strong', 'faint', 'good', 'guide', 'error', 'warning', 'info'] as const;
type Stress = (typeof stresses)[number];

const first = 0xe000;
const end = '\uf8ff';

function paint(stress: Stress): (text: string) => string {
  const begin = String.fromCharCode(first + stresses.indexOf(stress));
  return (text) => (text === '' ? '' : `${begin}${text}${end}`);
}

/** Paints a report for `Story`. */
export const storyPalette: Palette = {
  severity: { error: paint('error'), warning: paint('warning'), info: paint('info') },
  strong: paint('strong'),
  guide: paint('guide'),
  faint: paint('faint'),
  good: paint('good'),
};

/** A report as a terminal shows it, with its stresses. */
export function Story({ text }: { readonly text: string }) {
  return (
    <pre class="story">
      {text.split(/(?=[\ue000-\ue006])|(?<=\uf8ff)/).map((part, i) => {
        const stress = stresses[part.charCodeAt(0) - first];
        if (stress === undefined) return part;
        return (
          <span key={i} class={`told-${stress}`}>
            {part.slice(1, -1)}
          </span>
        );
      })}
    </pre>
  );
}
