/** Writes src/istio/schemas/*.json from Istio's published API module; `--check` only compares. See README.md. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { unusedConstraints } from './constrain.mjs';
import { readProtoMessages } from './proto-messages.mjs';
import { kebab, strictSchema } from './strict-schema.mjs';

const VERSION = '1.31.1';
/** The kinds, with the proto package that declares each one's message. */
const KINDS = {
  VirtualService: 'istio.networking.v1alpha3',
  DestinationRule: 'istio.networking.v1alpha3',
  Gateway: 'istio.networking.v1alpha3',
  ServiceEntry: 'istio.networking.v1alpha3',
  Sidecar: 'istio.networking.v1alpha3',
  WorkloadEntry: 'istio.networking.v1alpha3',
  WorkloadGroup: 'istio.networking.v1alpha3',
  AuthorizationPolicy: 'istio.security.v1beta1',
  PeerAuthentication: 'istio.security.v1beta1',
};
const PROTO_FOLDERS = ['networking/v1alpha3', 'security/v1beta1', 'type/v1beta1'];
const here = import.meta.dirname;
const target = join(here, '../../src/istio/schemas');

function moduleFolder() {
  const json = execFileSync('go', ['mod', 'download', '-json', `istio.io/api@v${VERSION}`], { encoding: 'utf8', cwd: here });
  return JSON.parse(json).Dir;
}

function readJson(name) {
  return JSON.parse(readFileSync(join(here, name), 'utf8'));
}

function protoTexts(folder) {
  return PROTO_FOLDERS.flatMap((path) =>
    readdirSync(join(folder, path))
      .filter((name) => name.endsWith('.proto'))
      .sort()
      .map((name) => readFileSync(join(folder, path, name), 'utf8')),
  );
}

/** The `spec` schema of each kind, in version v1, and whether the CRD requires a spec. */
function readCrds(folder) {
  const text = readFileSync(join(folder, 'kubernetes/customresourcedefinitions.gen.yaml'), 'utf8');
  const crds = parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((crd) => crd?.spec?.names?.kind in KINDS);
  return crds.map((crd) => {
    const schema = crd.spec.versions.find(({ name }) => name === 'v1').schema.openAPIV3Schema;
    return { kind: crd.spec.names.kind, spec: schema.properties.spec };
  });
}

function generate() {
  const folder = moduleFolder();
  const messages = readProtoMessages(protoTexts(folder));
  const descriptions = readJson('descriptions.json');
  const constraints = readJson('constraints.json');
  const used = new Set();
  const constrained = new Set();
  const files = new Map();
  for (const { kind, spec } of readCrds(folder)) {
    const schema = strictSchema({
      kind,
      spec,
      messages,
      rootMessage: `${KINDS[kind]}.${kind}`,
      descriptions,
      constraints,
      version: VERSION,
      used,
      constrained,
    });
    files.set(join(target, `${kebab(kind)}.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
  const unused = Object.keys(descriptions).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`descriptions.json names fields that do not exist: ${unused.join(', ')}`);
  const loose = unusedConstraints(constraints, constrained);
  if (loose.length > 0) throw new Error(`constraints.json names what does not exist: ${loose.join(', ')}`);
  return files;
}

const files = generate();
const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is out of date; run node tools/istio-schemas/generate.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(target, { recursive: true });
  for (const [path, text] of stale) writeFileSync(path, text);
  console.log(`${files.size} schemas, ${stale.length} written`);
}
