import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';

/** What a match asks, as a clause: 'the path begins with "/api" and the header end-user is "jason"'; '' where it asks nothing. */
export function describeMatch(match: JsonObject): string {
  const { uri, method, scheme, authority, headers, withoutHeaders, queryParams, port, sourceLabels, sourceNamespace } = match;
  const parts = [
    ...text('the path', uri),
    ...text('the method', method),
    ...text('the scheme', scheme),
    ...text('the authority', authority),
    ...entries(headers).flatMap(([name, condition]) => present(`the header ${name}`, condition)),
    ...entries(withoutHeaders).flatMap(([name, condition]) => present(`the header ${name}`, condition).map((words) => `not: ${words}`)),
    ...entries(queryParams).flatMap(([name, condition]) => present(`the query parameter ${name}`, condition)),
    ...(typeof port === 'number' && port !== 0 ? [`the port is ${port}`] : []),
    ...(listOr(match.gateways).length === 0 ? callers(sourceLabels, sourceNamespace) : []),
  ];
  return parts.join(' and ');
}

function callers(labels: Json | undefined, namespace: Json | undefined): readonly string[] {
  return [
    ...entries(labels).map(([name, value]) => `the caller has the label ${name}=${String(value)}`),
    ...(typeof namespace === 'string' && namespace !== '' ? [`the caller is in ${namespace}`] : []),
  ];
}

function entries(map: Json | undefined): readonly (readonly [string, Json])[] {
  return Object.entries(objectOr(map));
}

function present(what: string, condition: Json): readonly string[] {
  if (!isObject(condition) || Object.keys(condition).length === 0 || condition.regex === '*') return [`${what} is there`];
  return text(what, condition);
}

function text(what: string, condition: Json | undefined): readonly string[] {
  const { exact, prefix, regex } = objectOr(condition);
  if (typeof exact === 'string') return [`${what} is ${JSON.stringify(exact)}`];
  if (typeof prefix === 'string') return [`${what} begins with ${JSON.stringify(prefix)}`];
  return typeof regex === 'string' ? [`${what} matches ${JSON.stringify(regex)}`] : [];
}
