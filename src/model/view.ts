import type { Traced } from './origin.ts';

/**
 * What a template may read: plain data whose leaves know their origin. Lists and booleans steer `#each` and `#if`;
 * everything that is printed is a Traced leaf.
 */
export type View = Traced | boolean | undefined | readonly View[] | ViewObject;

export interface ViewObject {
  readonly [field: string]: View;
}

export function isTraced(view: View): view is Traced {
  return typeof view === 'object' && 'origin' in view && 'value' in view;
}
