/** The page of what each environment says on the base branch and with the edits. */
import type { ParsedTexts } from '../../document/remembering-parser.ts';
import { rememberingParser } from '../../document/remembering-parser.ts';
import { load, loadSettings } from '../../load/load.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { byCodePoint } from '../../model/names.ts';
import { rememberedFor } from '../../model/remembered-for.ts';
import type { FileTree } from '../../model/source.ts';
import { createCompiler } from '../../pipeline.ts';
import type { EnvironmentSides } from '../../propose/changed-inputs.ts';
import type { Proposing } from './proposal-request.ts';

/** Of all environments that either has; `names` are those of the edited tree, `target`. */
export function environmentSides(request: Proposing, target: FileTree, names: readonly string[]): readonly EnvironmentSides[] {
  const { base, parsed, compileTree } = request;
  const old = createCompiler(base, { parsed }).environments().value ?? [];
  const all = [...new Set([...old, ...names])].sort(byCodePoint);
  const before = (name: string) => loadedOnce(base)(name, parsed);
  const load = loaderOf(target, parsed);
  // What is compiled anyway need not be loaded apart.
  const after = (name: string) =>
    request.as?.environments.includes(name) === true ? compileTree(target, name, { parsed }).loaded : load(name);
  return all.map((name) => {
    const [was, is] = [old.includes(name) ? before(name) : undefined, names.includes(name) ? after(name) : undefined];
    return { name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
  });
}

/** A base branch is what many changes are held against. */
const loadedOnce = rememberedFor((tree: FileTree) => {
  const known = new Map<string, LoadedEnvironment | undefined>();
  return (name: string, parsed: ParsedTexts) => {
    if (!known.has(name)) known.set(name, loaderOf(tree, parsed)(name));
    return known.get(name);
  };
});

function loaderOf(tree: FileTree, parsed: ParsedTexts) {
  const parse = rememberingParser(parsed);
  const settings = loadSettings(tree, parse).value;
  return (name: string) => (settings === undefined ? undefined : load(tree, name, settings, parse).value);
}
