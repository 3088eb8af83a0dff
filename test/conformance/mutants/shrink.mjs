/** How many candidates of a group are judged at a time. */
const atOnce = 8;

/**
 * Makes the object of each group smaller as long as it still shows what the group is about: one field or entry less at a time, the
 * largest first. All groups take a step together, so that a judge is asked once for a step.
 * @template {{object: object}} Group
 * @param {Group[]} groups
 * @param {(candidates: {group: Group, object: object}[]) => Promise<object[]>} keep those candidates that still show it
 * @returns {Promise<Group[]>}
 */
export async function shrink(groups, keep) {
  const open = groups.map((group) => ({ group: { ...group }, needed: new Set(), again: false }));
  for (let working = open; working.length > 0; working = working.filter(({ done }) => !done)) {
    const candidates = working.flatMap(nextCandidates);
    const kept = new Set(await keep(candidates));
    for (const one of working) settle(one, candidates, kept);
  }
  return open.map(({ group }) => group);
}

/** The largest parts of which it is not known that they are needed. */
function nextCandidates({ group, needed }) {
  return partsOf(group.object)
    .filter(({ word }) => !needed.has(word))
    .sort((a, b) => b.size - a.size)
    .slice(0, atOnce)
    .map(({ path, word }) => ({ group, word, object: without(group.object, path) }));
}

/** A part that was needed may be so no longer once others are gone: a group ends when a second look finds nothing more. */
function settle(one, all, kept) {
  const candidates = all.filter(({ group }) => group === one.group);
  const best = candidates.find((candidate) => kept.has(candidate));
  if (best !== undefined) {
    one.group.object = best.object;
    one.again = true;
    for (const candidate of candidates) if (!kept.has(candidate)) one.needed.add(candidate.word);
  } else if (candidates.length > 0) for (const { word } of candidates) one.needed.add(word);
  else if (one.again) Object.assign(one, { again: false, needed: new Set() });
  else one.done = true;
}

/** Never taken away: what an object is found by. */
const identity = new Set(['apiVersion', 'kind', 'metadata', 'metadata/name', 'metadata/namespace']);

/** Every field and entry; `word` names it as long as nothing in it changes. */
function partsOf(object) {
  const parts = [];
  const walk = (value, path) => {
    if (value === null || typeof value !== 'object') return;
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      const below = [...path, key];
      const text = JSON.stringify(value[key] ?? null);
      const place = below.map((step) => (typeof step === 'number' ? '#' : step)).join('/');
      if (!identity.has(place)) parts.push({ path: below, word: `${place} ${text}`, size: text.length });
      walk(value[key], below);
    }
  };
  walk(object, []);
  return parts;
}

function without(object, path) {
  const copy = structuredClone(object);
  const parent = path.slice(0, -1).reduce((value, key) => value[key], copy);
  if (Array.isArray(parent)) parent.splice(path.at(-1), 1);
  else delete parent[path.at(-1)];
  return copy;
}
