import type { Intent } from '../model/intent.ts';
import type { SiteVersion } from '../model/site.ts';
import { serviceWords } from '../model/words.ts';

/** The versions of a service or an external, those with traffic first, each with its share of what no pin and no route of its own takes. */
export function siteVersions(intent: Intent): readonly SiteVersion[] {
  const { versions = {}, stable, canary, split } = serviceWords(intent);
  const names = Object.keys(versions);
  if (split !== undefined) {
    const parts = Object.entries(split).map(([name, percent]): SiteVersion => ({ name, percent, role: percent > 0 ? 'split' : 'idle' }));
    return withIdle(parts, names);
  }
  if (stable === undefined) return withIdle([], names);
  const { version, percent = 0, mirror } = canary ?? {};
  if (version === undefined) return withIdle([{ name: stable, percent: 100, role: 'stable' }], names);
  const copied = mirror === undefined ? {} : { mirror };
  const told: readonly SiteVersion[] = [
    { name: stable, percent: rounded(100 - percent), role: 'stable' },
    { name: version, percent, role: 'canary', ...copied },
  ];
  return withIdle(told, names);
}

function withIdle(told: readonly SiteVersion[], names: readonly string[]): readonly SiteVersion[] {
  const known = new Set(told.map(({ name }) => name));
  return [...told, ...names.filter((name) => !known.has(name)).map((name): SiteVersion => ({ name, percent: 0, role: 'idle' }))];
}

/** 100 − 33.3 is no round number in binary. */
function rounded(percent: number): number {
  return Number(percent.toFixed(6));
}
