import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from '../../src/model/json.ts';

/** An object as Istio understands it: what it adds or takes for granted is taken off, so that two spellings of one meaning are equal. */
export function withIstioDefaults(object: JsonObject): JsonObject {
  const spec = objectOr(object.spec);
  switch (object.kind) {
    case 'VirtualService':
      return { ...object, spec: routedSpec(spec) };
    case 'ServiceEntry':
      return { ...object, spec: entrySpec(spec) };
    default:
      return { ...object, spec: upperProtocols(spec) };
  }
}

/** Absent gateways mean the mesh; a lone destination gets everything whatever its weight. */
function routedSpec(spec: JsonObject): JsonObject {
  const lists = Object.fromEntries(
    ['http', 'tls', 'tcp'].filter((list) => spec[list] !== undefined).map((list) => [list, listOr(spec[list]).map(withoutLoneWeight)]),
  );
  return { gateways: ['mesh'], ...spec, ...lists };
}

function withoutLoneWeight(route: Json): Json {
  if (!isObject(route) || !isList(route.route) || route.route.length !== 1) return route;
  const { weight: _weight, ...only } = objectOr(route.route[0]);
  return { ...route, route: [only] };
}

function entrySpec(spec: JsonObject): JsonObject {
  return { location: 'MESH_EXTERNAL', resolution: 'NONE', ...upperProtocols(spec) };
}

function upperProtocols(spec: JsonObject): JsonObject {
  const upper = (port: Json): Json =>
    isObject(port) && typeof port.protocol === 'string' ? { ...port, protocol: port.protocol.toUpperCase() } : port;
  return {
    ...spec,
    ...(spec.ports === undefined ? {} : { ports: listOr(spec.ports).map(upper) }),
    ...(spec.servers === undefined
      ? {}
      : { servers: listOr(spec.servers).map((server) => ({ ...objectOr(server), port: upper(objectOr(server).port ?? {}) })) }),
  };
}
