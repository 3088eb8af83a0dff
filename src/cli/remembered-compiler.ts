import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { FileTree } from '../model/source.ts';
import { type ParseCache, textHash } from '../repo/parse-cache.ts';
import type { Compiled, Compiler } from './compiler.ts';

export interface Remembering {
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Whether the compiler holds dates in intents against today. */
  readonly isDated: boolean;
  /** Draws the manifests of inputs that are known to be sound, and says which file each stands in; without it files and findings are enough. */
  readonly again: Compiler['compile'] | undefined;
}

/**
 * A compiler that knows what it once made of the same inputs: compiling is a pure function of the tree and the day, so equal texts have
 * equal results. Only what has no errors is remembered.
 */
export function rememberCompilations(
  compiler: Compiler,
  tree: FileTree,
  cache: ParseCache,
  { today, isDated, again }: Remembering,
): Compiler {
  const inputs = textHash([...tree].map(([path, text]) => `${path} ${textHash(text)}`).join('\n'));
  const keyOf = (environment: string, day: string) => textHash(`${environment}\n${day}\n${inputs}`);
  const look = (environment: string): Compiled | undefined => {
    // Of what is drawn again only the soundness counts, which no date takes away.
    const days = again === undefined ? [isDated ? today : ''] : ['', today];
    for (const day of days) {
      const [entry] = cache.get(keyOf(environment, day)) ?? [];
      const kept = remembered(typeof entry?.sameAs === 'string' ? cache.get(entry.sameAs)?.[0] : entry);
      if (kept !== undefined) return kept;
    }
    return undefined;
  };
  const keep = (environment: string, compiled: Compiled): void => {
    const key = keyOf(environment, isDated ? today : '');
    cache.put(key, [memoryOf(compiled)]);
    // With nothing to say today, there is nothing to say without a date either.
    if (isDated && compiled.diagnostics.length === 0) cache.put(keyOf(environment, ''), [{ sameAs: key }]);
  };
  return {
    ...compiler,
    compile(environment) {
      const kept = look(environment);
      const drawn = kept === undefined ? undefined : (again?.(environment) ?? kept);
      if (kept !== undefined && drawn?.ok === true) return { ...drawn, files: kept.files, diagnostics: kept.diagnostics };
      const compiled = compiler.compile(environment);
      if (compiled.ok) keep(environment, compiled);
      return compiled;
    },
  };
}

function memoryOf({ shards, files, diagnostics, manifests }: Compiled): JsonObject {
  return {
    shards,
    count: manifests.length,
    files: Object.fromEntries(files),
    diagnostics: JSON.parse(JSON.stringify(diagnostics)) as Json,
  };
}

function remembered(memory: JsonObject | undefined): Compiled | undefined {
  if (memory === undefined || !isObject(memory.files) || typeof memory.shards !== 'number' || typeof memory.count !== 'number')
    return undefined;
  if (!Array.isArray(memory.diagnostics)) return undefined;
  const files = new Map(Object.entries(memory.files).map(([path, text]) => [path, String(text)]));
  // What `memoryOf` wrote, read back; the cache's digest vouches for it.
  const diagnostics = memory.diagnostics as unknown as Compiled['diagnostics'];
  return { ok: true, shards: memory.shards, count: memory.count, files, diagnostics, manifests: [], folders: [] };
}
