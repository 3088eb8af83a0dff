/**
 * Cuts out of a forge's published API description what test/repo/forge checks its doubles with: the operations that src/repo/forge uses, their
 * requests whole, and of their replies the fields that are read. References are resolved; words for people are left out.
 *
 *   node tools/forge-apis/slice.mjs github DESCRIPTION.json > test/repo/forge/apis/github.json
 *   node tools/forge-apis/slice.mjs gitea  DESCRIPTION.json 1.26.0 > test/repo/forge/apis/gitea.json
 *
 * GitHub's is `generated/api.github.com.json` of the npm package @octokit/openapi (MIT); Gitea's is what a server answers at /swagger.v1.json (MIT).
 */
import { readFileSync } from 'node:fs';
import { operations, readFields } from './used.mjs';

const [forge, file, version] = process.argv.slice(2);
const description = JSON.parse(readFileSync(file, 'utf8'));
const isSwagger = description.swagger === '2.0';
const kept = ['type', 'enum', 'format', 'minLength', 'maxLength', 'minimum', 'maximum', 'maxItems', 'minItems'];
const fields = new Set(readFields[forge]);

const slice = {
  source: `${description.info.title} ${version ?? description.info.version}`,
  operations: Object.fromEntries(operations[forge].map((name) => [name, operationOf(name)])),
};
process.stdout.write(`${JSON.stringify(slice, null, 2)}\n`);

function operationOf(name) {
  const [method, path] = name.split(' ');
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${name} is not described`);
  const parameters = (operation.parameters ?? []).map(resolve);
  const query = Object.fromEntries(
    parameters.filter((one) => one.in === 'query').map((one) => [one.name, schemaOf(one.schema ?? typeOnly(one), whole)]),
  );
  const body = isSwagger
    ? parameters.find((one) => one.in === 'body')?.schema
    : resolve(operation.requestBody)?.content?.['application/json']?.schema;
  const replies = Object.entries(operation.responses).map(([status, reply]) => [status, replyOf(resolve(reply))]);
  return { query, ...(body === undefined ? {} : { body: schemaOf(body, whole) }), replies: Object.fromEntries(replies) };
}

function typeOnly({ type, format, enum: values, items }) {
  return { type, format, enum: values, items };
}

/** Null for a reply without a body. */
function replyOf(reply) {
  const schema = isSwagger ? reply.schema : reply.content?.['application/json']?.schema;
  return schema === undefined ? null : schemaOf(schema, (name) => fields.has(name));
}

function whole() {
  return true;
}

function resolve(value) {
  if (value?.$ref === undefined) return value;
  const target = value.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key.replaceAll('~1', '/')], description);
  return resolve(target);
}

/** JSON Schema (draft 7) of an OpenAPI schema; `keeps` says which properties stay. */
function schemaOf(reference, keeps) {
  const schema = resolve(reference);
  const result = Object.fromEntries(kept.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
  if (result.format !== undefined && result.format !== 'date-time') delete result.format;
  if (schema.nullable === true && result.type !== undefined) result.type = [result.type, 'null'];
  if (schema.nullable === true && result.enum !== undefined) result.enum = [...result.enum, null];
  if (schema.items !== undefined) result.items = schemaOf(schema.items, keeps);
  if (schema.properties !== undefined) {
    const names = Object.keys(schema.properties).filter(keeps);
    result.properties = Object.fromEntries(names.map((name) => [name, schemaOf(schema.properties[name], keeps)]));
    const required = (schema.required ?? []).filter((name) => names.includes(name));
    if (required.length > 0) result.required = required;
    // A request may say nothing that is not described.
    if (keeps === whole) result.additionalProperties = false;
  }
  for (const key of ['anyOf', 'oneOf', 'allOf'])
    if (schema[key] !== undefined) result[key] = schema[key].map((one) => schemaOf(one, keeps));
  return result;
}
