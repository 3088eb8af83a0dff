import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partialStates } from '../../src/diff/partial-states.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { MeshRequest, RouteDecision } from '../../src/model/routing.ts';
import { servicesNamed, statesWith } from '../support/mesh-states.ts';
import { everyRequest, type RandomChange, randomChange } from '../support/random-changes.ts';

/** `FUZZ_RUNS=10000 FUZZ_SEED=7` looks further, and elsewhere, than a test run has time for. */
const runs = Number(process.env.FUZZ_RUNS ?? 500);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);

const stateOf = statesWith(servicesNamed('reviews', 'ratings'));

/** A judge that knows no groups and no classes: every subset, every request. */
class BruteForce {
  readonly #titles: readonly string[];
  readonly #before: ReadonlyMap<string, Manifest>;
  readonly #after: ReadonlyMap<string, Manifest>;
  readonly changed: readonly string[];

  constructor({ before, after }: RandomChange) {
    const byTitle = (list: readonly Manifest[]) => new Map(list.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one]));
    this.#before = byTitle(before);
    this.#after = byTitle(after);
    this.#titles = [...new Set([...this.#before.keys(), ...this.#after.keys()])];
    this.changed = this.#titles.filter((title) => JSON.stringify(this.#before.get(title)) !== JSON.stringify(this.#after.get(title)));
  }

  decider(applied: ReadonlySet<string>): (request: MeshRequest) => RouteDecision {
    return stateOf(this.#titles.flatMap((title) => (applied.has(title) ? this.#after : this.#before).get(title) ?? [])).decide;
  }

  /** Whether a request gets an answer in a partial state that it gets neither before nor after. */
  fails(applied: ReadonlySet<string>, request: MeshRequest): boolean {
    const [old, whole] = this.#ends();
    return isNew(this.decider(applied)(request), old(request), whole(request));
  }

  #ends() {
    return [this.decider(new Set()), this.decider(new Set(this.changed))] as const;
  }

  failing(): string | undefined {
    const [old, whole] = this.#ends();
    const known = everyRequest.map((request) => ({ request, old: old(request), whole: whole(request) }));
    for (let mask = 1; mask < 2 ** this.changed.length - 1; mask += 1) {
      const applied = new Set(this.changed.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1));
      const decide = this.decider(applied);
      const hit = known.find((one) => isNew(decide(one.request), one.old, one.whole));
      if (hit !== undefined) return `${[...applied].join(', ')}: ${JSON.stringify(hit.request)}`;
    }
    return undefined;
  }
}

/** Said once more, by other means than the planner's: an answer is a share with all that comes with it. */
function isNew(seen: RouteDecision, old: RouteDecision, whole: RouteDecision): boolean {
  const routing = ({ kind, redirect, failure, onTheWay, destinations, undefinedOrder }: RouteDecision) =>
    JSON.stringify([
      kind,
      redirect,
      failure?.flag,
      Object.entries(onTheWay).sort(),
      destinations.map(({ host, endpoints: pods, port, percent, failure: own }) => [
        Math.round(percent * 1000),
        ...(own === undefined ? [host, pods, port] : [own.flag]),
      ]),
      [...(undefinedOrder ?? [])].sort(),
    ]);
  if (![routing(old), routing(whole)].includes(routing(seen))) return true;
  if (seen.assumptions.some((one) => !old.assumptions.includes(one) && !whole.assumptions.includes(one))) return true;
  // A host that is called past the mesh has no policy; it may be known without one, if none says how to encrypt.
  const isPast = [old, whole].some(({ kind }) => kind === 'passthrough');
  const mayLack = [...old.destinations, ...whole.destinations].every(({ policy }) => !Object.hasOwn(policy, 'tls'));
  return seen.destinations.some(
    (one) =>
      one.failure === undefined &&
      !(isPast && mayLack && Object.keys(one.policy).length === 0) &&
      ![...old.destinations, ...whole.destinations].some(
        (other) =>
          other.host === one.host &&
          JSON.stringify(other.endpoints) === JSON.stringify(one.endpoints) &&
          other.port === one.port &&
          JSON.stringify(other.policy) === JSON.stringify(one.policy),
      ),
  );
}

describe('partial states, by brute force', () => {
  const seen = { safe: 0, unsafe: 0, trivial: 0 };

  it(`agree with a judge that tries every subset and request, on ${runs} changes`, { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(randomChange, (change) => {
        const brute = new BruteForce(change);
        const { unsafe, changes, undecided } = partialStates(change.before, change.after, stateOf);
        expect(changes.map(({ id }) => id).sort()).toEqual([...brute.changed].sort());
        expect(undecided).toBe(false);
        if (unsafe === undefined) expect(brute.failing()).toBeUndefined();
        // The planner's witness may be one that is in no list: then its own state is what has to fail.
        else expect(brute.fails(new Set(unsafe.applied), unsafe.request)).toBe(true);
        seen[changes.length < 2 ? 'trivial' : unsafe === undefined ? 'safe' : 'unsafe'] += 1;
      }),
      { numRuns: runs, seed },
    );
    // Changes of both sorts, or nothing was compared.
    expect(Math.min(seen.safe, seen.unsafe)).toBeGreaterThan(runs / 20);
  });

  it('are the same on the way back', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(randomChange, ({ before, after }) => {
        const there = partialStates(before, after, stateOf);
        const back = partialStates(after, before, stateOf);
        expect(back.unsafe === undefined).toBe(there.unsafe === undefined);
      }),
      { numRuns: Math.ceil(runs / 4), seed },
    );
  });
});
