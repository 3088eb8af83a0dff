import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual, promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

export function hasKubectl() {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}

/**
 * Builds each rendered environment with Kustomize, every folder that has no kustomization above it.
 * @returns {Promise<{built: number, faults: {name: string, message: string}[]}>} a fault for each object that is lost, added or changed
 */
export async function checkKustomize(environments) {
  const home = mkdtempSync(join(tmpdir(), 'conformance-'));
  const faults = [];
  let built = 0;
  let next = 0;
  const worker = async () => {
    while (next < environments.length) {
      const index = next++;
      const { name, compilation } = environments[index];
      const folders = writeFiles(join(home, String(index)), compilation.files);
      built += folders.length;
      const messages = await compareBuild(folders, compilation.manifests);
      faults.push(...messages.map((message) => ({ name, message })));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return { built, faults };
}

function writeFiles(folder, files) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const paths = [...files.keys()].filter((path) => path.endsWith('kustomization.yaml')).map(dirname);
  return (paths.includes('.') ? ['.'] : paths).map((path) => join(folder, path));
}

async function compareBuild(folders, manifests) {
  const yielded = new Map();
  const messages = [];
  for (const folder of folders) {
    try {
      const { stdout } = await promisify(execFile)('kubectl', ['kustomize', folder], { maxBuffer: 2 ** 26 });
      for (const document of parseAllDocuments(stdout)) {
        const object = document.toJS();
        if (object === null) continue;
        if (yielded.has(idOf(object))) messages.push(`${idOf(object)} comes twice`);
        yielded.set(idOf(object), object);
      }
    } catch (error) {
      messages.push(`it does not build: ${error.stderr ?? error}`);
    }
  }
  if (messages.length > 0) return messages;
  for (const { body } of manifests) {
    const object = yielded.get(idOf(body));
    if (object === undefined) messages.push(`${idOf(body)} is lost`);
    else if (!isDeepStrictEqual(object, JSON.parse(JSON.stringify(body)))) messages.push(`${idOf(body)} is changed`);
    yielded.delete(idOf(body));
  }
  return [...messages, ...[...yielded.keys()].map((id) => `${id} is added`)];
}

function idOf({ apiVersion, kind, metadata }) {
  return `${apiVersion} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
