import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** A slice of a forge's published description, as tools/forge-apis writes it. */
interface Slice {
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly query: Readonly<Record<string, object>>;
        readonly body?: object;
        readonly replies: Readonly<Record<string, object | null>>;
      }
    >
  >;
}

export interface DescribedApi {
  /** The operation of a request, with the values of its path; undefined where the slice has none. */
  readonly match: (
    method: string,
    path: string,
  ) => { readonly operation: string; readonly values: Readonly<Record<string, string>> } | undefined;
  /** What the description has against a request. */
  readonly requestFaults: (operation: string, query: URLSearchParams, body: unknown) => readonly string[];
  readonly replyFaults: (operation: string, status: number, body: unknown) => readonly string[];
}

/** Statuses that any forge may answer to anything, described or not. */
const undescribed = new Set([400, 401, 403, 404, 405, 409, 422, 429, 500, 502, 503]);

export function describedApi(file: string): DescribedApi {
  const { operations }: Slice = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'date-time': true } });
  const compiled = new Map<object, ValidateFunction>();
  const faultsOf = (schema: object, value: unknown, where: string): readonly string[] => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath} ${message}`);
  };
  const patterns = Object.keys(operations).map((operation) => {
    const [method = '', path = ''] = operation.split(' ');
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    return { operation, method, names, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`) };
  });
  const of = (name: string) => {
    const operation = operations[name];
    if (operation === undefined) throw new Error(`${name} is not in ${file}`);
    return operation;
  };
  return {
    match: (method, path) => {
      for (const { operation, names, pattern, ...one } of patterns) {
        const found = one.method === method ? pattern.exec(path) : null;
        if (found !== null)
          return { operation, values: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')])) };
      }
      return undefined;
    },
    requestFaults: (name, query, body) => {
      const operation = of(name);
      const asked = [...query].flatMap(([key, value]) => {
        const schema = operation.query[key];
        return schema === undefined ? [`the query has no ${key}`] : faultsOf(schema, asTyped(value, schema), `query ${key}`);
      });
      if (operation.body === undefined) return body === undefined ? asked : [...asked, 'it has no body'];
      return [...asked, ...faultsOf(operation.body, body ?? {}, 'body')];
    },
    replyFaults: (name, status, body) => {
      const schema = of(name).replies[status];
      if (schema === undefined) return undescribed.has(status) ? [] : [`${status} is not described`];
      return schema === null ? [] : faultsOf(schema, body, `reply ${status}`);
    },
  };
}

/** Queries are text; the schema says what they stand for. */
function asTyped(value: string, schema: object): unknown {
  const type = 'type' in schema ? schema.type : 'string';
  if (type === 'integer' || type === 'number') return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}
