import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';

/** Where a project publishes the definitions of its objects, as a Go module: fetched and checked by Go, kept in its cache, never here. */
export interface PublishedDefinitions {
  readonly module: string;
  readonly version: string;
  readonly files: readonly string[];
}

const engines: readonly PublishedDefinitions[] = [
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.5.7',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/applicationset-crd.yaml'],
  },
  {
    module: 'github.com/fluxcd/kustomize-controller',
    version: 'v1.9.6',
    files: ['config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
  },
  {
    module: 'github.com/fluxcd/source-controller',
    version: 'v1.9.6',
    files: [
      'config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml',
      'config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml',
    ],
  },
];

export function missingGo(): string | undefined {
  return spawnSync('go', ['version']).status === 0 ? undefined : 'there is no Go';
}

/** A validator for each kind of object, by 'apiVersion kind'. A field that a schema does not know is refused, as `kubectl apply --validate` does. */
export function engineSchemas(): ReadonlyMap<string, ValidateFunction> {
  return publishedSchemas(engines);
}

/** The same of any projects. */
export function publishedSchemas(modules: readonly PublishedDefinitions[]): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const schemas = modules.flatMap(({ module, version, files }) => {
    const told = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: tmpdir(), encoding: 'utf8' });
    const folder = String(JSON.parse(told).Dir);
    return files.flatMap((file) => definitionsIn(readFileSync(join(folder, file), 'utf8')).flatMap(schemasOf));
  });
  return new Map(schemas.map(([key, schema]) => [key, ajv.compile(schema)]));
}

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: object } }[];
  };
}

function definitionsIn(text: string): readonly Definition[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object?.kind === 'CustomResourceDefinition');
}

function schemasOf({ spec }: Definition): readonly (readonly [string, object])[] {
  return spec.versions.map(({ name, schema }) => {
    const closed: Readonly<Record<string, unknown>> = closedSchema(schema.openAPIV3Schema);
    // The API server itself knows what metadata may hold.
    const properties = { ...Object(closed.properties), metadata: { type: 'object' } };
    return [`${spec.group}/${name} ${spec.names.kind}`, { ...closed, properties }];
  });
}

/** The schema with every object closed that lists its fields. */
function closedSchema(schema: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(schema).map(([key, value]) => [key, closedPart(key, value)]);
  const closed = Object.fromEntries(entries);
  const isOpen = closed.properties === undefined || closed['x-kubernetes-preserve-unknown-fields'] === true;
  return isOpen || closed.additionalProperties !== undefined ? closed : { ...closed, additionalProperties: false };
}

function closedPart(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'properties') return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closedPart('', part)]));
  return ['items', 'additionalProperties', ''].includes(key) ? closedSchema(value) : value;
}
