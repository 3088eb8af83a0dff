import type { MeshRequest } from '../model/routing.ts';
import { addressWithin, allAddresses, intersectRanges, printAddress, subtractRanges } from './address-range.ts';
import { solveClaims } from './claims.ts';
import { type Effort, found, none, type Solution } from './effort.ts';
import { textOf, withText } from './holds.ts';
import type { AddressLiteral, ClaimLiteral, Condition, Literal, TextDimension, TextLiteral } from './literal.ts';
import { usualAddress } from './request.ts';
import { solveText } from './solve-text.ts';
import { universeOf } from './universe.ts';

/** Literals by what is decided together: nothing that one group asks has to do with what another does. */
export function grouped(condition: Condition): ReadonlyMap<string, readonly Literal[]> {
  const groups = new Map<string, readonly Literal[]>();
  for (const literal of condition) groups.set(groupOf(literal), [...(groups.get(groupOf(literal)) ?? []), literal]);
  return groups;
}

/** What is decided together. */
export function groupOf(literal: Literal): string {
  if (literal.of === 'text') return literal.dimension;
  return literal.of === 'opaque' ? `opaque ${literal.words}` : literal.of;
}

/** The request, changed so that all literals of one group hold. */
export function solveGroup(group: readonly Literal[], request: MeshRequest, plain: MeshRequest, effort: Effort): Solution<MeshRequest> {
  effort.left -= 10 * group.length;
  const [first] = group;
  switch (first?.of) {
    case 'text':
      return solveDimension(group.filter(isText), first.dimension, request, plain, effort);
    case 'claim': {
      const solved = solveClaims(group.filter(isClaim), plain.claims ?? {}, effort);
      return solved.kind === 'found' ? found({ ...request, claims: solved.value }) : solved;
    }
    case 'address': {
      const address = solveAddress(group.filter(isAddress), plain.address ?? usualAddress);
      return address === undefined ? none : found({ ...request, address });
    }
    case 'opaque':
      return group.some(({ negated }) => negated !== first.negated) ? none : found(request);
    case undefined:
      return found(request);
  }
}

function solveDimension(
  literals: readonly TextLiteral[],
  dimension: TextDimension,
  request: MeshRequest,
  plain: MeshRequest,
  effort: Effort,
): Solution<MeshRequest> {
  const solved = solveText(literals, universeOf(dimension), textOf(plain, dimension), effort);
  return solved.kind === 'found' ? found(withText(request, dimension, solved.value)) : solved;
}

function solveAddress(literals: readonly AddressLiteral[], usual: string): string | undefined {
  if (literals.every(({ ranges, negated }) => addressWithin(usual, ranges) !== negated)) return usual;
  const left = literals.reduce(
    (ranges, literal) => (literal.negated ? subtractRanges(ranges, literal.ranges) : intersectRanges(ranges, literal.ranges)),
    allAddresses,
  );
  const [range] = left;
  if (range === undefined) return undefined;
  // The first address of a subnet is the subnet's own.
  return printAddress(range.family, range.first < range.last ? range.first + 1n : range.first);
}

function isText(literal: Literal): literal is TextLiteral {
  return literal.of === 'text';
}

function isClaim(literal: Literal): literal is ClaimLiteral {
  return literal.of === 'claim';
}

function isAddress(literal: Literal): literal is AddressLiteral {
  return literal.of === 'address';
}
