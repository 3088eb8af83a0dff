/**
 * Makes dist/: the command, the library with its types, and the GitHub Action. Does nothing where no input has changed since the last build.
 * The command is bundled and split, so that each start loads only what its command needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSitePage } from './generate-site-page.mjs';
import { generateValidators } from './generate-validators.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const dist = join(root, 'dist');
/** Built aside and renamed, so that dist/ is never half of two builds. */
const fresh = join(root, `.dist-${process.pid}`);
const stampFile = '.stamp';

console.log(await generateValidators());
console.log(await generateSitePage());
const stamp = stampOf(inputs());
if (existsSync(join(dist, stampFile)) && readFileSync(join(dist, stampFile), 'utf8') === stamp) console.log('dist is up to date');
else {
  const started = performance.now();
  try {
    mkdirSync(fresh, { recursive: true });
    await bundle();
    declareTypes();
    writeFileSync(join(fresh, stampFile), stamp);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  console.log(`dist: built in ${Math.round(performance.now() - started)} ms`);
}

/** Everything that the result depends on, as repository paths. */
function inputs() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  return [...sources, 'scripts/build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']
    .filter((path) => existsSync(join(root, path)))
    .sort();
}

function stampOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return `${hash.digest('hex')}\n`;
}

async function bundle() {
  const { build } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const library = existsSync(join(root, 'src/index.ts')) ? { index: 'src/index.ts' } : {};
  await build({
    absWorkingDir: root,
    entryPoints: { mainsheet: 'src/cli/main.ts', action: 'src/action/main.ts', ...library },
    outdir: fresh,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    minify: true,
    legalComments: 'linked',
    sourcemap: 'linked',
    sourcesContent: false,
    define: { MAINSHEET_VERSION: JSON.stringify(version), MAINSHEET_BUILD: JSON.stringify(stamp.slice(0, 16)) },
    // Packages in CommonJS call `require` for Node's own modules; a module has none unless it makes one.
    banner: { js: "import{createRequire as createRequireOfNode}from'node:module';const require=createRequireOfNode(import.meta.url);" },
    logLevel: 'warning',
  });
  const command = join(fresh, 'mainsheet.mjs');
  writeFileSync(command, `#!/usr/bin/env node\n${readFileSync(command, 'utf8')}`);
  chmodSync(command, 0o755);
}

/** The types of what src/index.ts exports, and of no file that they do not name: the compiler writes those of every file it has read. */
function declareTypes() {
  if (!existsSync(join(root, 'src/index.ts'))) return;
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = [
    '--declaration',
    '--emitDeclarationOnly',
    '--noEmit',
    'false',
    '--incremental',
    'false',
    '--rewriteRelativeImportExtensions',
  ];
  // `--ignoreConfig` would lose the strict options: the project is extended by a file of its own that names the one root.
  const project = join(fresh, 'tsconfig.types.json');
  writeFileSync(
    project,
    JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: { rootDir: '../src', outDir: 'types', tsBuildInfoFile: null },
      include: [],
      files: ['../src/index.ts'],
    }),
  );
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project, ...options], { cwd: root, encoding: 'utf8' });
  rmSync(project);
  if (status !== 0) {
    console.error(stdout);
    throw new Error('the types of the library could not be declared');
  }
  const types = join(fresh, 'types');
  const named = namedFiles(join(types, 'index.d.ts'));
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !named.has(path)) rmSync(path);
  }
  removeEmptyFolders(types);
}

/** A declaration and all that it names, directly or by others. */
function namedFiles(first) {
  const found = new Set([first]);
  for (const path of found)
    for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/\b(?:from |import\()'(\.[^']+)'/g))
      found.add(resolve(path, '..', specifier.replace(/\.[jt]s$/, '.d.ts')));
  return found;
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
