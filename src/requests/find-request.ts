import type { MeshRequest } from '../model/routing.ts';
import { type Effort, found, none, type Solution, someEffort } from './effort.ts';
import { literalHolds } from './holds.ts';
import { type Condition, type Literal, negation, type OpaqueLiteral } from './literal.ts';
import { plainRequest, usualAddress } from './request.ts';
import { grouped, groupOf, solveGroup } from './solve-group.ts';

export type Search =
  /** One that meets the condition and none of those outside which it was sought. */
  | { readonly kind: 'found'; readonly request: MeshRequest }
  /** Others take them all: by their index, and one request that is taken. */
  | { readonly kind: 'taken'; readonly takenBy: readonly number[]; readonly request: MeshRequest }
  /** No request meets the condition at all. */
  | { readonly kind: 'none' }
  /** Patterns that are too large, or a condition that cannot be decided here. */
  | { readonly kind: 'undecided'; readonly because: string };

export interface SearchOptions {
  /** Conditions that the request must not meet. */
  readonly outside?: readonly Condition[];
  /** What the request is like where nothing asks otherwise. */
  readonly plain?: MeshRequest;
  /** Shared by searches that may take only so much together. */
  readonly effort?: Effort;
}

/** How many that take a request are tried for one that takes its whole part. */
const mostTries = 4;

/**
 * A request that meets a condition, and none of others. Exact within the universes of `universeOf`, or 'undecided':
 * - whether a condition can hold at all, or two of them together: `findRequest([...a, ...b])` finds one;
 * - whether others cover it: `findRequest(a, {outside: [b, c]})` says that it is taken, or finds what is left.
 *
 * A request found is split off by the first of the others that it meets, part for part of what that one asks, until one meets none of
 * them or no part is left.
 */
export function findRequest(
  condition: Condition,
  { outside = [], plain = plainRequest, effort = someEffort() }: SearchOptions = {},
): Search {
  const first = startOf(condition, plain, effort);
  if (first.kind !== 'found') return first;
  const takers = new Set<number>();
  const queue: Piece[] = [first.value];
  let undecided: string | undefined;
  for (let i = 0; i < queue.length; i++) {
    const piece = queue[i] ?? first.value;
    if (effort.left < 0) return { kind: 'undecided', because: 'there are too many cases' };
    const step = withoutTakers(piece, outside, plain, effort);
    if (step.kind === 'free') {
      if (!step.sure || hasOpaque(piece)) undecided ??= 'a condition cannot be decided here';
      else return { kind: 'found', request: piece.request };
    } else {
      takers.add(step.taker);
      undecided ??= step.undecided;
      queue.push(...step.left);
    }
  }
  if (undecided !== undefined) return { kind: 'undecided', because: undecided };
  return { kind: 'taken', takenBy: [...takers].sort((a, b) => a - b), request: first.value.request };
}

/** The literals, all of one dimension, for which no request can meet a condition; undefined where some can, or that is not known. */
export function contradiction(condition: Condition, effort: Effort = someEffort()): Condition | undefined {
  return [...grouped(condition).values()].find((group) => solveGroup(group, plainRequest, plainRequest, effort).kind === 'none');
}

/** Requests that meet some literals, and one of them. */
interface Piece {
  readonly literals: ReadonlyMap<string, readonly Literal[]>;
  readonly request: MeshRequest;
}

function startOf(condition: Condition, plain: MeshRequest, effort: Effort): Solution<Piece> {
  const literals = grouped(condition);
  let request: MeshRequest = plain.address === undefined ? { ...plain, address: usualAddress } : plain;
  let undecided: Solution<Piece> | undefined;
  for (const group of literals.values()) {
    const solved = solveGroup(group, request, plain, effort);
    if (solved.kind === 'none') return none;
    if (solved.kind === 'undecided') undecided ??= solved;
    else request = solved.value;
  }
  return undecided ?? found({ literals, request });
}

type Step =
  | { readonly kind: 'free'; readonly sure: boolean }
  | { readonly kind: 'split'; readonly taker: number; readonly left: readonly Piece[]; readonly undecided: string | undefined };

/** What is left of a piece without one that takes its request: one that takes the whole piece, if there is such. */
function withoutTakers(piece: Piece, outside: readonly Condition[], plain: MeshRequest, effort: Effort): Step {
  let sure = true;
  let tries = 0;
  let first: Step | undefined;
  effort.left -= outside.length;
  for (const [taker, condition] of outside.entries()) {
    const taken = takes(condition, piece);
    if (taken === undefined) sure = false;
    if (taken !== true) continue;
    if (++tries > mostTries) break;
    const step: Step = { kind: 'split', taker, ...subtract(piece, condition, plain, effort) };
    if (step.left.length === 0 && step.undecided === undefined) return step;
    first ??= step;
  }
  return first ?? { kind: 'free', sure };
}

function takes(condition: Condition, piece: Piece): boolean | undefined {
  let answer: boolean | undefined = true;
  for (const literal of condition) {
    const one = literal.of === 'opaque' ? assumed(literal, piece) : literalHolds(literal, piece.request);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

function assumed(literal: OpaqueLiteral, { literals }: Piece): boolean | undefined {
  const [known] = literals.get(groupOf(literal)) ?? [];
  return known === undefined ? undefined : known.negated === literal.negated;
}

function hasOpaque({ literals }: Piece): boolean {
  return [...literals.keys()].some((group) => group.startsWith('opaque '));
}

/** The disjoint parts that fail at the first, the second … of a condition's literals, each with a request in it. */
function subtract(
  piece: Piece,
  condition: Condition,
  plain: MeshRequest,
  effort: Effort,
): { left: readonly Piece[]; undecided: string | undefined } {
  const left: Piece[] = [];
  let undecided: string | undefined;
  let { literals } = piece;
  for (const literal of condition) {
    const group = groupOf(literal);
    const known = literals.get(group) ?? [];
    const failing = [...known, negation(literal)];
    const solved = solveGroup(failing, piece.request, plain, effort);
    if (solved.kind === 'undecided') undecided ??= solved.because;
    if (solved.kind === 'found') left.push({ literals: new Map([...literals, [group, failing]]), request: solved.value });
    literals = new Map([...literals, [group, [...known, literal]]]);
  }
  return { left, undecided };
}
