import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const library = pathToFileURL(resolve(import.meta.dirname, '../../dist/index.mjs')).href;

/** One mesh version for each dialect that differs in what it writes: apiVersions, LEAST_REQUEST, weights, percentages, delegates. */
const olderMeshes = ['1.0', '1.4', '1.5', '1.8', '1.13', '1.15', '1.21', '1.25'];

/**
 * Renders every environment of every case as it is and, where that works, in older dialects: all of them for cases that must
 * never be refused, one in turn for the others.
 * @param {{name: string, files: Map<string, string>, mayBeRefused: boolean}[]} cases
 */
export async function compileCases(cases) {
  const { createCompiler } = await import(library);
  const found = { today: [], older: [], refused: [], thrown: [] };
  for (const [index, { name, files, mayBeRefused }] of cases.entries()) {
    for (const environment of environmentsOf(createCompiler(files), name, found)) {
      const title = `${name} ${environment}`.replace(/ mesh$/, '');
      const here = attempt(() => createCompiler(files).compile(environment), title, found, mayBeRefused);
      if (here === undefined) continue;
      const mesh = here.loaded.environment.istio;
      found.today.push({ name: title, compilation: here, old: mesh.minor < 22 });
      const older = mayBeRefused ? (name.startsWith('edge: ') ? [] : [olderMeshes[index % olderMeshes.length]]) : olderMeshes;
      for (const version of older.filter((one) => Number(one.slice(2)) < mesh.minor)) {
        const there = attempt(() => createCompiler(inDialect(files, version)).compile(environment), `${title} @${version}`, found, true);
        if (there !== undefined) found.older.push({ name: `${title} @${version}`, compilation: there, old: true });
      }
    }
  }
  found.refused = found.refused.filter(({ name }) => !name.includes(' @'));
  return found;
}

function environmentsOf(compiler, name, found) {
  const listed = compiler.environments();
  if (listed.value === undefined) found.thrown.push({ name, message: listed.diagnostics[0].message });
  return listed.value ?? [];
}

/** A compilation without errors; what stands in the way is noted: refusals of the compiler, or faults where none is allowed. */
function attempt(compile, name, found, mayBeRefused) {
  try {
    const compilation = compile();
    if (compilation.ok) return compilation;
    for (const { code, name: rule, message, severity } of compilation.diagnostics) {
      if (severity !== 'error') continue;
      if (mayBeRefused) found.refused.push({ name, code: `${code} ${rule}`, message });
      else found.thrown.push({ name, message: `${code} ${message}` });
    }
  } catch (error) {
    found.thrown.push({ name, message: String(error) });
  }
  return undefined;
}

function inDialect(files, version) {
  return new Map(
    [...files].map(([path, text]) => [
      path,
      path.endsWith('/environment.yaml') ? text.replace(/^istio: .*$/m, `istio: "${version}"`) : text,
    ]),
  );
}
