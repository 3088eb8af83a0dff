import type { ReadAnswer, ReadRoutes } from '../model/read-back.ts';
import { differences, type Meant, sameAnswer } from './same-answer.ts';

/**
 * Where a template may have gone wrong, as words of the route that took a request. If another route gives what is meant, it is the
 * conditions or the order; if this one is right for others, a route may be missing from the list; in any case what it says itself.
 */
export function faultyWords(meant: Meant, does: ReadAnswer, { routes }: ReadRoutes, others: readonly Meant[]): readonly string[] {
  if (routes.some(({ answer }) => sameAnswer(meant, answer))) return ['match'];
  const own = ownWord(meant, does);
  return others.some((other) => sameAnswer(other, does)) ? [own, 'list'] : [own];
}

function ownWord(meant: Meant, does: ReadAnswer): string {
  const [word = 'match'] = differences(meant, does);
  if (word === 'copies') return does.copies.length === 0 ? '' : 'mirror';
  if (word !== 'destinations') return word;
  const wrong = does.destinations.findIndex(
    (one, i) => !sameAnswer({ ...meant, destinations: meant.destinations.slice(i, i + 1) }, { ...meant, destinations: [one] }),
  );
  const [said, given] = [meant.destinations[wrong], does.destinations[wrong]];
  const entry = `route/${Math.max(0, wrong)}`;
  if (said === undefined || given === undefined) return 'route';
  if (said.host !== given.host) return `${entry}/destination/host`;
  if (said.subset !== given.subset) return `${entry}/destination${given.subset === undefined ? '' : '/subset'}`;
  return said.port !== undefined && said.port !== given.port ? `${entry}/destination/port/number` : `${entry}/weight`;
}
