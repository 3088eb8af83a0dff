import { sameJson, stableJson } from '../model/json.ts';
import type { ReadAnswer, SharedDestination } from '../model/read-back.ts';
import type { Clause } from './clauses.ts';
import { copiesOf } from './fields-meant.ts';

/** What a request meets, whoever says so: an intent, or manifests. */
export interface Meant extends Omit<ReadAnswer, 'kind'> {
  readonly kind: ReadAnswer['kind'];
}

export const nothingMeant: Meant = { kind: 'failure', destinations: [], copies: [], words: {}, failure: 'no route (404)' };

/** A clause in the words of manifests. */
export function meantBy({ outcome, fields }: Clause): Meant {
  const copies = copiesOf(fields);
  if (outcome.kind === 'route') return { kind: 'route', destinations: outcome.destinations, copies, words: fields.words };
  const word = outcome.kind === 'redirect' ? 'redirect' : 'directResponse';
  return { kind: outcome.kind, destinations: [], copies, words: { ...fields.words, [word]: outcome.answer } };
}

/** The words on which two answers differ: 'destinations', 'copies', 'timeout' …; none = they are the same. */
export function differences(meant: Meant, does: ReadAnswer): readonly string[] {
  if (meant.kind !== does.kind) return ['destinations'];
  const words = [...new Set([...Object.keys(meant.words), ...Object.keys(does.words)])];
  return [
    ...(sameShares(meant.destinations, does.destinations) ? [] : ['destinations']),
    ...(sameShares(meant.copies, does.copies) ? [] : ['copies']),
    ...words.filter((word) => !sameJson(meant.words[word], does.words[word])),
  ];
}

export function sameAnswer(meant: Meant, does: ReadAnswer): boolean {
  if (meant.kind !== does.kind) return false;
  for (const word in meant.words) if (!sameJson(meant.words[word], does.words[word])) return false;
  for (const word in does.words) if (does.words[word] !== undefined && meant.words[word] === undefined) return false;
  return sameShares(meant.destinations, does.destinations) && sameShares(meant.copies, does.copies);
}

function sameShares(meant: readonly SharedDestination[], does: readonly SharedDestination[]): boolean {
  if (meant.length === does.length && meant.every((one, i) => sameShare(one, does[i]))) return true;
  const [a, b] = [joined(meant), joined(does)];
  return a.length === b.length && a.every((one) => b.some((other) => sameShare(one, other)));
}

/** A port that the intent leaves to Istio is not compared. */
function sameShare(meant: SharedDestination, does: SharedDestination | undefined): boolean {
  if (does === undefined || meant.subset !== does.subset || Math.abs(meant.percent - does.percent) > 1e-6) return false;
  if (meant.host.toLowerCase() !== does.host.toLowerCase() || !sameJson(meant.headers, does.headers)) return false;
  return meant.port === undefined || meant.port === does.port;
}

/** Shares of one destination are one share. */
function joined(shares: readonly SharedDestination[]): readonly SharedDestination[] {
  const byPlace = new Map<string, SharedDestination>();
  for (const share of shares) {
    const key = stableJson([share.host.toLowerCase(), share.subset ?? '', share.port ?? 0, share.headers ?? null]);
    byPlace.set(key, { ...share, percent: share.percent + (byPlace.get(key)?.percent ?? 0) });
  }
  return [...byPlace.values()].filter(({ percent }) => percent > 0);
}
