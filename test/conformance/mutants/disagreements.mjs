import { askOfObjects } from '../ask-judge.mjs';
import { ourVerdict } from './our-verdict.mjs';
import { shrink } from './shrink.mjs';

/**
 * Where a judge and we differ about single objects, one smallest object for each kind of difference.
 * @param {object} judge
 * @param {{name: string, object: object}[]} mutants
 * @returns {Promise<{judged: number, refused: number, groups: Difference[]}>}
 * @typedef {{side: 'istio' | 'we', kind: string, key: string, count: number, object: object, said: string[], name: string}} Difference
 *   side: who refuses; key: the refuser's message without its values
 */
export async function findDisagreements(judge, mutants) {
  const verdicts = await askOfObjects(
    judge,
    mutants.map(({ object }) => object),
  );
  const groups = new Map();
  let refused = 0;
  for (const [index, { name, object }] of mutants.entries()) {
    const theirs = refusalsOf(verdicts[index]);
    const ours = ourVerdict(object, judge.minor).errors.map(ourWords);
    if (theirs.length > 0) refused += 1;
    if (theirs.length > 0 === ours.length > 0) continue;
    const side = theirs.length > 0 ? 'istio' : 'we';
    const key = keyOf((side === 'istio' ? theirs : ours)[0], object);
    const title = `${side} ${object.kind} ${key}`;
    const group = groups.get(title);
    const all = new Set((side === 'istio' ? theirs : ours).map((message) => keyOf(message, object)));
    if (group === undefined) groups.set(title, { side, kind: object.kind, key, count: 1, object, name, all });
    else {
      group.count += 1;
      if (sizeOf(object) < sizeOf(group.object)) Object.assign(group, { object, name, all });
    }
  }
  const differences = await shrink([...groups.values()], (candidates) => stillDiffer(judge, candidates));
  return { judged: mutants.length, refused, groups: await Promise.all(differences.map((one) => withWords(judge, one))) };
}

/** For each candidate whether it still shows its group's difference. */
async function stillDiffer(judge, candidates) {
  const likely = candidates.filter(({ group, object }) => {
    const ours = ourVerdict(object, judge.minor).errors.map((one) => keyOf(ourWords(one), object));
    return group.side === 'istio' ? ours.length === 0 : sameWords(group, ours);
  });
  const verdicts = await askOfObjects(
    judge,
    likely.map(({ object }) => object),
  );
  return likely.filter(({ group, object }, index) => {
    const theirs = refusalsOf(verdicts[index]).map((message) => keyOf(message, object));
    return group.side === 'istio' ? sameWords(group, theirs) : theirs.length === 0;
  });
}

/** The difference that the group is about, and no other that came of taking parts away. */
function sameWords({ key, all }, keys) {
  return keys.includes(key) && keys.every((one) => all.has(one));
}

async function withWords(judge, difference) {
  const [verdict] = await askOfObjects(judge, [difference.object]);
  const ours = ourVerdict(difference.object, judge.minor).errors.map(ourWords);
  return { ...difference, said: difference.side === 'istio' ? refusalsOf(verdict) : ours };
}

const ourWords = ({ code, name, message }) => `${code} ${name}: ${message}`;
const sizeOf = (object) => JSON.stringify(object).length;

/** Every single thing that Istio's validation or an API server with its CRDs refuses. */
export function refusalsOf({ errors, admission, kind, name, namespace }) {
  const prefix = `${kind}/${name}/${namespace}: `;
  const crd = admission.flatMap((message) => messagesIn(message.replace(prefix, '')));
  return [...errors, ...crd.map((message) => `CRD: ${message}`)];
}

/** An API server joins what it has to say, and says of a value of the wrong type a second time that it could not be looked into. */
function messagesIn(aggregate) {
  const all = aggregate.replace(/^\[(.*)\]$/s, '$1').split(/, (?=spec(?:[.[:]|$)|<nil>: )/);
  const placed = all.filter((message) => !message.startsWith('<nil>'));
  return placed.length > 0 ? placed : all;
}

/** A message without the values and places that it names. */
export function keyOf(message, object) {
  let text = message;
  for (const value of valuesOf(object)) if (text.includes(value)) text = text.replaceAll(value, '…');
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .replaceAll(/\[[^\]]*\]/g, '[…]')
    .replaceAll(/`[^`]*`/g, '`…`')
    .replaceAll(/-?\d+(?:\.\d+)?/g, 'N')
    .replaceAll(/map\[.*$/g, 'map…')
    .replaceAll(/…(?:\/…)+/g, '…')
    .slice(0, 200);
}

/** Words of people's own in an object, the longest first: names, hosts, paths. Words of Istio's (HTTP, SIMPLE) stay in messages. */
function valuesOf(object) {
  const found = new Set();
  const walk = (value) => {
    if (typeof value === 'string') {
      if (value.length > 1 && !/^[A-Z_0-9]*$/.test(value)) found.add(value);
    } else if (value !== null && typeof value === 'object') for (const below of Object.values(value)) walk(below);
  };
  walk(object.metadata);
  walk(object.spec);
  return [...found].sort((a, b) => b.length - a.length);
}
