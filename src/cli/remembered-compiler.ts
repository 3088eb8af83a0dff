import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { FileTree } from '../model/source.ts';
import { type ParseCache, textHash } from '../repo/parse-cache.ts';
import type { Compiled, Compiler } from './compiler.ts';

/**
 * A compiler that knows what it once made of the same inputs: compiling is a pure function of the tree, so equal texts have equal
 * results. What is remembered serves for writing files; who needs manifests or intents compiles.
 */
export function rememberCompilations(compiler: Compiler, tree: FileTree, cache: ParseCache): Compiler {
  const inputs = textHash([...tree].map(([path, text]) => `${path} ${textHash(text)}`).join('\n'));
  return {
    ...compiler,
    compile(environment) {
      const key = textHash(`${environment}\n${inputs}`);
      const kept = remembered(cache.get(key)?.[0]);
      if (kept !== undefined) return kept;
      const compiled = compiler.compile(environment);
      if (compiled.ok) cache.put(key, [memoryOf(compiled)]);
      return compiled;
    },
  };
}

function memoryOf({ shards, files, diagnostics }: Compiled): JsonObject {
  return { shards, files: Object.fromEntries(files), diagnostics: JSON.parse(JSON.stringify(diagnostics)) as Json };
}

function remembered(memory: JsonObject | undefined): Compiled | undefined {
  if (memory === undefined || !isObject(memory.files) || typeof memory.shards !== 'number' || !Array.isArray(memory.diagnostics))
    return undefined;
  const files = new Map(Object.entries(memory.files).map(([path, text]) => [path, String(text)]));
  // What `memoryOf` wrote, read back; the cache's digest vouches for it.
  const diagnostics = memory.diagnostics as unknown as Compiled['diagnostics'];
  return { ok: true, shards: memory.shards, files, diagnostics, manifests: [], folders: [] };
}
