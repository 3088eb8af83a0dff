import type { Severity } from '../model/diagnostic.ts';

type Paint = (text: string) => string;

/** The few ways in which a report stresses a text; all of them identity without colour. */
export interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  /** Frames, arrows and what else guides the eye. */
  readonly guide: Paint;
  readonly faint: Paint;
  readonly good: Paint;
}

const plain: Paint = (text) => text;

export const plainPalette: Palette = {
  severity: { error: plain, warning: plain, info: plain },
  strong: plain,
  guide: plain,
  faint: plain,
  good: plain,
};

export const ansiPalette: Palette = {
  severity: { error: sgr('1;31', '22;39'), warning: sgr('1;33', '22;39'), info: sgr('1;36', '22;39') },
  strong: sgr('1', '22'),
  guide: sgr('34', '39'),
  faint: sgr('2', '22'),
  good: sgr('32', '39'),
};

export function palette(color: boolean): Palette {
  return color ? ansiPalette : plainPalette;
}

function sgr(on: string, off: string): Paint {
  return (text) => (text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`);
}
