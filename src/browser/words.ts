import type { SitePlace } from '../model/site.ts';
import { timeWords } from '../report/rollout-text.ts';

/** '2026-11-24 16:00 UTC' */
export const dateWords = timeWords;

/** 'environments/prod/reviews.yaml:3' */
export function placeWords({ file, line }: SitePlace): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** 90 → '90 %', 33.3333 → '33.33 %' */
export function percentWords(percent: number): string {
  return `${Number(percent.toFixed(2))} %`;
}

/** '1 warning', '3 warnings' */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** 5400 → '1h 30m' */
export function lengthWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`);
  return told.length === 0 ? '0s' : told.join(' ');
}
