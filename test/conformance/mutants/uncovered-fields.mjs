import { placesOf, schemaOfKind } from './schema-places.mjs';

/** Fields that no valid object can have, with their reason. */
const exempt = [
  [/^WorkloadGroup probe\.grpc/, "Istio's validation knows no probe by gRPC and refuses it"],
  [/^VirtualService http\[\]\.mirror_percent$/, 'the spelling of protocol buffers; mutants write it'],
  [/^VirtualService http\[\]\.corsPolicy\.allowOrigin(\[\])?$/, 'removed after Istio 1.4'],
  [
    /^Sidecar ingress\[\]\.tls\.(httpsRedirect|subjectAltNames|credentialNames?|caCertCredentialName|tlsCertificates)/,
    'refused in a Sidecar',
  ],
];

/**
 * Fields of the schemas that no object of the corpus uses: no mutant would come of them.
 * @param {Map<string, object[]>} corpus
 */
export function uncoveredFields(corpus) {
  return [...corpus].flatMap(([kind, objects]) => {
    const used = new Set();
    for (const { spec } of objects)
      for (const { path, node } of placesOf(spec, schemaOfKind(kind)))
        if (node !== undefined) used.add(`${node.name} ${path.map((step) => (typeof step === 'number' ? '[]' : step)).at(-1)}`);
    return fieldsOf(schemaOfKind(kind), '', new Set())
      .filter(({ key }) => !used.has(key))
      .map(({ path }) => `${kind} ${path}`)
      .filter((field) => !exempt.some(([pattern]) => pattern.test(field)));
  });
}

/** Every field of every message once, however many places the message has. */
function fieldsOf(node, path, seen) {
  if (node.type === 'list') return fieldsOf(node.child(0), `${path}[]`, seen);
  if (node.type === 'map') return fieldsOf(node.child(''), `${path}{}`, seen);
  if (node.type === 'leaf' || seen.has(node.name)) return [];
  seen.add(node.name);
  return node.properties.flatMap((property) => {
    const below = node.child(property);
    const there = path === '' ? property : `${path}.${property}`;
    return [{ path: there, key: `${below.name} ${property}` }, ...fieldsOf(below, there, seen)];
  });
}
