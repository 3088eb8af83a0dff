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

/** What Istio warns of; routes are named by number or name, for a count they are all one, but for a match that loses to one of its own route. */
export function warningsOf(warnings) {
  return warnings.map((message) =>
    message
      .replace(/rule ("[^"]*"|#\d+) (.*match in) rule \1/, 'rule … $2 the same rule')
      .replaceAll(/rule ("[^"]*"|#\d+)/g, 'rule …')
      .replaceAll(/match ("[^"]*"|#\d+)/g, 'match …')
      .replaceAll(/prefix \S+( on ("[^"]*"|#\d+))?/g, 'prefix …'),
  );
}

/** The kind, where it matters with the part that it plays: of a route that delegates only its root or only its end is seen. */
export function partOf({ kind, spec }) {
  if (kind !== 'VirtualService' || spec === null || typeof spec !== 'object') return kind;
  if (Array.isArray(spec.http) && spec.http.some((route) => route?.delegate !== undefined)) return `${kind} that delegates`;
  return Array.isArray(spec.hosts) && spec.hosts.length > 0 ? kind : `${kind} that is delegated to`;
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
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200)
    .trim();
}

/** Words of people's own in an object, the longest first: names, hosts, paths. Words of Istio's (HTTP, SIMPLE) stay in messages. */
function valuesOf({ metadata, spec }) {
  const found = new Set();
  const walk = (value) => {
    if (typeof value === 'string') {
      if (value.length > 1 && !/^[A-Z_0-9]*$/.test(value)) found.add(value);
    } else if (value !== null && typeof value === 'object') for (const below of Object.values(value)) walk(below);
  };
  walk(metadata);
  walk(spec);
  return [...found].sort((a, b) => b.length - a.length);
}
