import { integers, keysFor, numbers, strangers, textsFor } from './edge-values.mjs';
import { placesOf } from './schema-places.mjs';

const copy = (value) => structuredClone(value);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** How often each way of changing an object is taken. */
const shares = [
  [drop, 10],
  [add, 22],
  [edge, 22],
  [graft, 16],
  [unite, 10],
  [swap, 4],
  [duplicate, 8],
  [retype, 4],
  [renameKey, 3],
  [changeMetadata, 4],
];
const drawn = shares.flatMap(([operator, share]) => Array.from({ length: share }, () => operator));

/**
 * Changes a copy of an object in one to three ways.
 * @param {{object: object, node: import('./schema-places.mjs').Node, bank: Map<string, unknown[]>}} source
 */
export function mutate({ object, node, bank }, choices) {
  const mutant = copy(object);
  const wanted = choices.pick([1, 1, 1, 2, 2, 3]);
  const ways = [];
  for (let tries = 0; ways.length < wanted && tries < 30; tries += 1) {
    const operator = choices.pick(drawn);
    if (operator(mutant, { node, bank, choices })) ways.push(operator.name);
  }
  return { mutant, ways };
}

function drop(mutant, { node, choices }) {
  const places = placesOf(mutant.spec, node).filter(({ path }) => path.length > 0);
  if (places.length === 0) return false;
  const { path } = choices.pick(places);
  const parent = parentOf(mutant.spec, path);
  if (Array.isArray(parent)) parent.splice(path.at(-1), 1);
  else delete parent[path.at(-1)];
  return true;
}

/** A field that is not there, or one more entry of a list or map. */
function add(mutant, { node, bank, choices }) {
  const places = placesOf(mutant.spec, node).filter(
    (place) =>
      (isObject(place.value) && /object|map/.test(place.node?.type)) || (Array.isArray(place.value) && place.node?.type === 'list'),
  );
  if (places.length === 0) return false;
  const { value, node: there } = choices.pick(places);
  if (there.type === 'list') {
    value.splice(choices.below(value.length + 1), 0, valueFor(there.child(0), { bank, choices }));
    return true;
  }
  if (there.type === 'map') {
    value[choices.pick(keysFor(there))] = valueFor(there.child(''), { bank, choices });
    return true;
  }
  const missing = there.properties.filter((key) => !(key in value));
  if (missing.length === 0) return false;
  const key = choices.pick(missing);
  value[key] = valueFor(there.child(key), { bank, choices });
  return true;
}

/** Another value for a leaf, or another key for an entry of a map. */
function edge(mutant, { node, choices }) {
  const places = placesOf(mutant.spec, node).filter((place) => place.node?.type === 'leaf' && place.path.length > 0);
  if (places.length === 0) return false;
  const { path, node: leaf } = choices.pick(places);
  const parent = parentOf(mutant.spec, path);
  const above = placesOf(mutant.spec, node).find((place) => place.value === parent)?.node;
  if (above?.type === 'map' && choices.chance(0.5)) {
    parent[choices.pick(keysFor(above))] = parent[path.at(-1)];
    delete parent[path.at(-1)];
  } else parent[path.at(-1)] = leafFor(leaf, choices);
  return true;
}

/** What stands at a place of the same type in some other object. */
function graft(mutant, { node, bank, choices }) {
  const places = placesOf(mutant.spec, node).filter((place) => place.path.length > 0 && bank.has(place.node?.name));
  if (places.length === 0) return false;
  const { path, node: there } = choices.pick(places);
  parentOf(mutant.spec, path)[path.at(-1)] = copy(choices.pick(bank.get(there.name)));
  return true;
}

/** The fields of two objects of one type together: where conflicts come from. */
function unite(mutant, { node, bank, choices }) {
  const places = placesOf(mutant.spec, node).filter((place) => isObject(place.value) && bank.has(place.node?.name));
  if (places.length === 0) return false;
  const { value, node: there } = choices.pick(places);
  const other = copy(choices.pick(bank.get(there.name)));
  const keys = choices.some(Object.keys(other), 1, 3);
  for (const key of keys) value[key] = other[key];
  return keys.length > 0;
}

function swap(mutant, { node, choices }) {
  const lists = placesOf(mutant.spec, node).filter(({ value }) => Array.isArray(value) && value.length > 1);
  if (lists.length === 0) return false;
  const { value } = choices.pick(lists);
  const [one, other] = [choices.below(value.length), choices.below(value.length)];
  [value[one], value[other]] = [value[other], value[one]];
  return one !== other;
}

function duplicate(mutant, { node, choices }) {
  const lists = placesOf(mutant.spec, node).filter(({ value }) => Array.isArray(value) && value.length > 0);
  if (lists.length === 0) return false;
  const { value } = choices.pick(lists);
  value.splice(choices.below(value.length + 1), 0, copy(choices.pick(value)));
  return true;
}

function retype(mutant, { node, choices }) {
  const places = placesOf(mutant.spec, node);
  const { path } = choices.pick(places);
  const stranger = copy(choices.pick(strangers));
  if (path.length === 0) mutant.spec = stranger;
  else parentOf(mutant.spec, path)[path.at(-1)] = stranger;
  return true;
}

/** The field as protocol buffers spell it, misspelled, or in other letters. */
function renameKey(mutant, { node, choices }) {
  const places = placesOf(mutant.spec, node).filter(({ path }) => typeof path.at(-1) === 'string');
  if (places.length === 0) return false;
  const { path } = choices.pick(places);
  const parent = parentOf(mutant.spec, path);
  const key = path.at(-1);
  const snake = key.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
  const fresh = choices.pick([snake, snake, `${key}s`, key.toUpperCase()]);
  if (fresh === key) return false;
  parent[fresh] = parent[key];
  delete parent[key];
  return true;
}

function changeMetadata(mutant, { choices }) {
  const { metadata } = mutant;
  const group = mutant.apiVersion.split('/')[0];
  choices.pick([
    () => (metadata.name = choices.pick(['a.b', 'x', '9', 'a-b-c', 'x'.repeat(64), 'a.b.c', 'x'.repeat(63)])),
    () => delete metadata.namespace,
    () => (metadata.labels = { [choices.pick(['app', 'example.com/app', 'istio.io/rev'])]: choices.pick(['x', '', 'v_1', 'canary']) }),
    () => (metadata.annotations = { 'istio.io/dry-run': choices.pick(['true', 'false', 'maybe', '']) }),
    () => (metadata.annotations = { note: 'anything at all' }),
    () => (metadata.annotations = { 'internal.istio.io/parents': 'Gateway/x' }),
    () => (metadata.labels = { 'networking.istio.io/enable-autoallocate-ip': choices.pick(['true', 'false']) }),
    () => (metadata.labels = { 'istio.io/use-waypoint': 'waypoint' }),
    () => (mutant.apiVersion = `${group}/${choices.pick(['v1', 'v1beta1', 'v1alpha3', 'v2'])}`),
    () => delete mutant.spec,
    () => (mutant.status = {}),
  ])();
  return true;
}

/** Mostly what someone wrote at such a place, else something at the edge. */
function valueFor(node, { bank, choices }) {
  const known = node === undefined ? undefined : bank.get(node.name);
  if (known !== undefined && choices.chance(0.7)) return copy(choices.pick(known));
  if (node === undefined || choices.chance(0.03)) return copy(choices.pick(strangers));
  if (node.type === 'leaf') return leafFor(node, choices);
  if (node.type === 'list') return choices.chance(0.1) ? [] : [valueFor(node.child(0), { bank, choices })];
  if (node.type === 'map') return choices.chance(0.1) ? {} : { [choices.pick(keysFor(node))]: valueFor(node.child(''), { bank, choices }) };
  const keys = choices.chance(0.85) ? node.required : [];
  const more = node.properties.filter((key) => !keys.includes(key));
  const chosen = [...keys, ...choices.some(more, keys.length > 0 ? 0 : 1, 2)];
  return choices.chance(0.06) ? {} : Object.fromEntries(chosen.map((key) => [key, valueFor(node.child(key), { bank, choices })]));
}

function leafFor(node, choices) {
  const { schema } = node;
  if (choices.chance(0.04)) return copy(choices.pick(strangers));
  if (schema.enum !== undefined)
    return choices.chance(0.85)
      ? choices.pick(schema.enum)
      : choices.pick(['', 'NONE', 'http', 'HTTP', 0, 1, schema.enum[0].toLowerCase()]);
  if (schema.type === 'boolean') return choices.chance(0.95) ? choices.chance(0.5) : choices.pick(['true', 1, 'yes']);
  if (schema.type === 'integer') return choices.pick(integers);
  if (schema.type === 'number') return choices.pick(numbers);
  return choices.pick(textsFor(node));
}

function parentOf(spec, path) {
  return path.slice(0, -1).reduce((value, key) => value[key], spec);
}
