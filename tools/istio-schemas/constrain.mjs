/**
 * What Istio's validation asks of one value beyond the bounds of its CRD. `constraints.json` is keyed `Message` or `Message.field`;
 * an entry holds schema keywords, `source` (which function of istio/istio asks for it; not written out), and `refused: true` for a field
 * that Istio knows and never accepts. `$defs` holds the forms that entries refer to.
 */

/** @typedef {{ constraints: Record<string, object>, constrained: Set<string>, defs: Map<string, object> }} Context */

/** A schema with what its entry adds; undefined for a refused field. */
export function constrained(schema, name, context) {
  const entry = context.constraints[name];
  if (entry === undefined) return schema;
  context.constrained.add(name);
  const { source, refused, ...added } = entry;
  if (typeof source !== 'string') throw new Error(`constraints.json: ${name} lacks its source`);
  if (refused === true) return undefined;
  takeForms(added, context);
  return merged(schema, added);
}

/** Maps are merged, `required` and `allOf` lengthened, null takes a keyword away, anything else replaces it. */
function merged(schema, added) {
  const result = { ...schema };
  // A form says itself that it is text.
  if (typeof added.$ref === 'string' && Object.keys(schema).join() === 'type') delete result.type;
  for (const [keyword, value] of Object.entries(added)) {
    const before = result[keyword];
    if (value === null) delete result[keyword];
    else if (Array.isArray(before) && (keyword === 'required' || keyword === 'allOf'))
      result[keyword] = [...new Set([...before, ...value])];
    else if (isMap(before) && isMap(value)) result[keyword] = merged(before, value);
    else result[keyword] = value;
  }
  return result;
}

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const FORM = '#/$defs/';

function takeForms(part, context) {
  for (const reference of referencesOf(part)) {
    const name = reference.slice(FORM.length);
    const form = context.constraints.$defs[name];
    if (form === undefined) throw new Error(`constraints.json: no form ${name}`);
    context.constrained.add(`$defs.${name}`);
    context.defs.set(name, form);
  }
}

export function referencesOf(part) {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' && value.startsWith(FORM) ? [value] : referencesOf(value),
  );
}

/** Names of entries and forms that nothing used. */
export function unusedConstraints({ $defs, ...entries }, constrained) {
  return [...Object.keys(entries), ...Object.keys($defs).map((name) => `$defs.${name}`)].filter((name) => !constrained.has(name));
}
