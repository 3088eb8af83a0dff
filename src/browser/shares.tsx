import type { SiteVersion } from '../model/site.ts';
import { percentWords } from './words.ts';

/** Which colour each version of a service has, the same in every environment: by the order of all their names. */
export type VersionColors = ReadonlyMap<string, number>;

const colors = 6;

export function versionColors(versions: Iterable<string>): VersionColors {
  const names = [...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return new Map(names.map((name, i) => [name, i % colors]));
}

interface SharesProps {
  readonly versions: readonly SiteVersion[];
  readonly colorsOf: VersionColors;
}

/** A bar of shares. The words beside it say the same, so it is nothing for a screen reader. */
export function SharesBar({ versions, colorsOf }: SharesProps) {
  const told = versions.filter(({ percent }) => percent > 0);
  return (
    <span class="bar" aria-hidden="true">
      {told.map(({ name, percent }) => (
        <span key={name} class={`share color-${colorsOf.get(name) ?? 0}`} style={{ flexGrow: percent, flexBasis: 0 }} />
      ))}
    </span>
  );
}

/** 'v1 90 %  v3 10 %'; without versions 'all pods'. */
export function SharesWords({ versions, colorsOf }: SharesProps) {
  const told = versions.filter(({ percent, mirror = 0 }) => percent > 0 || mirror > 0);
  if (told.length === 0) return <span class="faint">{versions.length === 0 ? 'all pods' : 'any version'}</span>;
  return (
    <span class="shares">
      {told.map(({ name, percent, role, mirror }) => (
        <span key={name} class="version">
          <span class={`dot color-${colorsOf.get(name) ?? 0}`} aria-hidden="true" />
          <b>{name}</b> {told.length === 1 && mirror === undefined ? <span class="for-readers">all requests</span> : percentWords(percent)}
          {role === 'canary' && <span class="for-readers"> canary</span>}
          {mirror !== undefined && mirror > 0 && <span class="faint"> copy of {percentWords(mirror)}</span>}{' '}
        </span>
      ))}
    </span>
  );
}
