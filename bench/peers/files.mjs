import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Writes path → text below `folder`, with the folders on the way. */
export function writeFiles(folder, files) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Every path of a YAML file below `folder`, sorted, relative to it. */
export function yamlFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.yaml'))
    .sort();
}

/** The Istio objects in a file, or in all YAML files below a folder. */
export function objectsIn(path) {
  const texts = path.endsWith('.yaml')
    ? [readFileSync(path, 'utf8')]
    : yamlFiles(path).map((file) => readFileSync(join(path, file), 'utf8'));
  return texts.flatMap(objectsOf).filter((object) => object?.apiVersion?.startsWith('networking.istio.io/'));
}

function objectsOf(text) {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}
