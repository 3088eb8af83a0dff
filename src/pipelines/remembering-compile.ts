/**
 * The page for those who compile much the same again and again: a proposal looks at the same texts as what is wanted, as what is planned, and as what
 * is written. Only a shortcut: every answer is what `compile` says.
 */
import { applyNext, hasNext } from '../load/apply-next.ts';
import type { FileTree } from '../model/source.ts';
import { type Compilation, type CompileOptions, compile } from '../pipeline.ts';

export type CompileTree = (tree: FileTree, environment: string, options?: CompileOptions) => Compilation;

/** Enough for what is there, what shall be, and a phase or two between. Each is as large as all manifests of an environment. */
const most = 4;

interface Remembered {
  readonly tree: FileTree;
  readonly today: string | undefined;
  readonly until: CompileOptions['until'];
  readonly rules: NonNullable<CompileOptions['rules']>;
  readonly compilation: Compilation;
}

/** `compile`, which takes from its last answers what it can. */
export function rememberingCompile(): CompileTree {
  let known: readonly Remembered[] = [];
  return (tree, environment, options = {}) => {
    const { today, until, revise, reshard, rules = 'all' } = options;
    if (reshard !== undefined || (revise !== undefined && revise !== applyNext)) return compile(tree, environment, options);
    const found = known.find((one) => one.compilation.environment === environment && answers(one, options) && sameTexts(one.tree, tree));
    const compilation = found?.compilation ?? compile(tree, environment, options);
    // What is still to come is another answer, and is asked for once.
    if (found === undefined && revise !== undefined) return compilation;
    const newest = found ?? { tree, today, until, rules, compilation };
    known = [newest, ...known.filter((one) => one !== newest)].slice(0, most);
    return compilation;
  };
}

/** Whether an answer, to texts that are the same, is that to another question as well. */
function answers({ today, until, rules, compilation }: Remembered, asked: CompileOptions): boolean {
  const { ok, loaded } = compilation;
  if (asked.revise !== undefined && (loaded === undefined || hasNext(loaded))) return false;
  // What no rule has anything against, fewer have nothing against either; only what is said besides is another.
  const isAsStrict = rules === (asked.rules ?? 'all') || (ok && asked.until !== undefined && rules === 'all');
  if (!isAsStrict) return false;
  if (asked.until === until && asked.today === today) return true;
  // Of one that has no errors, the manifests are those that are asked for alone.
  return asked.until !== undefined && until === undefined && ok;
}

function sameTexts(a: FileTree, b: FileTree): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [path, text] of a) {
    const other = others.next().value;
    if (other === undefined || other[0] !== path || other[1] !== text) return false;
  }
  return true;
}
