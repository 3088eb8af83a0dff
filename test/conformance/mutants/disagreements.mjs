import { askOfObjects } from '../ask-judge.mjs';
import { byKey } from '../report.mjs';
import { shrink } from './shrink.mjs';
import { keyOf, partOf, refusalsOf, warningsOf } from './words.mjs';

/**
 * What two judges of single objects differ about.
 * @typedef {{judge: object, ourVerdict: (object: object, minor: number) => {errors: object[], warnings: object[]},
 *   stricterChoice: Function, provenFalse: Function}} Judges
 * @typedef {'istio refuses' | 'we refuse' | 'istio warns'} Side who says what the other does not
 * @typedef {{side: Side, kind: string, key: string, count: number, object: object, said: string[]}} Difference
 *   key: what is said, without its values; object: a smallest one
 */

/**
 * @param {Judges} judges
 * @param {{object: object}[]} mutants
 * @returns {Promise<{refused: number, warned: number, differences: Difference[], stricter: Map<string, number>, proofs: string[]}>}
 *   proofs: requests that show how Istio warns of what is not so
 */
export async function findDisagreements(judges, mutants) {
  const objects = mutants.map(({ object }) => object);
  const verdicts = await askOfObjects(judges.judge, objects);
  const found = { refused: 0, warned: 0, stricter: new Map(), proofs: [] };
  const single = objects.flatMap((object, index) => {
    const verdict = bothVerdicts(judges, object, verdicts[index]);
    if (verdict.theirs.length > 0) found.refused += 1;
    else if (verdict.warnings.length > 0) found.warned += 1;
    for (const reason of verdict.stricter) found.stricter.set(reason, (found.stricter.get(reason) ?? 0) + 1);
    if (verdict.silent && theyOnlyWarn(verdict)) found.proofs.push(...verdict.proofs);
    const side = sideOf(verdict);
    return side === undefined
      ? []
      : [{ side, object, kind: kindOf(side, object), said: wordsOf(side, verdict), ...keysOf(side, verdict, object) }];
  });
  const groups = byKey(single, ({ side, kind, key }) => `${side} ${kind} ${key}`).map(([, list]) => ({
    ...list.reduce((smallest, one) => (sizeOf(one.object) < sizeOf(smallest.object) ? one : smallest)),
    count: list.length,
  }));
  const differences = await shrink(groups, (candidates) => stillDiffer(judges, candidates));
  return { ...found, differences: await Promise.all(differences.map((one) => retold(judges, one))) };
}

/** Ours without what is stricter on purpose. */
function bothVerdicts({ judge, ourVerdict, stricterChoice, provenFalse }, object, verdict) {
  const theirs = refusalsOf(verdict);
  const { errors, warnings } = ourVerdict(object, judge.minor);
  const choices = errors.map((error) => stricterChoice(error, object));
  const ours = theirs.length > 0 ? errors : errors.filter((_, index) => choices[index] === undefined);
  const stricter = theirs.length > 0 || ours.length > 0 ? [] : [...new Set(choices)];
  const silent = errors.length + warnings.length === 0;
  const proofs = verdict.warnings.map((warning) => (silent ? provenFalse(object, warning, judge.minor) : undefined));
  const unproven = verdict.warnings.filter((_, index) => proofs[index] === undefined);
  return { theirs, ours, silent, warnings: warningsOf(unproven), proofs: proofs.filter((proof) => proof !== undefined), stricter };
}

/** What Istio warns of without reason, or we not yet, often depends on the part that a VirtualService plays. */
function kindOf(side, object) {
  return side === 'istio warns' ? partOf(object) : object.kind;
}

function theyOnlyWarn({ theirs, ours }) {
  return theirs.length === 0 && ours.length === 0;
}

function sideOf({ theirs, ours, silent, warnings }) {
  if (theirs.length > 0) return ours.length > 0 ? undefined : 'istio refuses';
  if (ours.length > 0) return 'we refuse';
  return warnings.length > 0 && silent ? 'istio warns' : undefined;
}

function wordsOf(side, { theirs, ours, warnings }) {
  if (side === 'istio refuses') return theirs;
  return side === 'we refuse' ? ours.map(({ code, name, message }) => `${code} ${name}: ${message}`) : warnings;
}

function keysOf(side, verdict, object) {
  const all = wordsOf(side, verdict).map((message) => keyOf(message, object));
  return { key: all[0], all: new Set(all) };
}

/** The candidates that still show what their group is about, and nothing else that came of taking parts away. */
async function stillDiffer(judges, candidates) {
  const { judge, ourVerdict } = judges;
  const likely = candidates.filter(
    ({ group, object }) => ourVerdict(object, judge.minor).errors.length > 0 === (group.side === 'we refuse'),
  );
  const verdicts = await askOfObjects(
    judge,
    likely.map(({ object }) => object),
  );
  return likely.filter(({ group, object }, index) => {
    const verdict = bothVerdicts(judges, object, verdicts[index]);
    if (sideOf(verdict) !== group.side || kindOf(group.side, object) !== group.kind) return false;
    const { all } = keysOf(group.side, verdict, object);
    return all.has(group.key) && [...all].every((key) => group.all.has(key));
  });
}

async function retold(judges, difference) {
  const [verdict] = await askOfObjects(judges.judge, [difference.object]);
  return { ...difference, said: wordsOf(difference.side, bothVerdicts(judges, difference.object, verdict)) };
}

function sizeOf(object) {
  return JSON.stringify(object).length;
}
