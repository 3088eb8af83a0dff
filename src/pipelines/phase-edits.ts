/**
 * How the intents come to say the first phase of a plan, with the rest as `next:`. Nothing is taken on trust: the edited texts are compiled,
 * and have to render the phase, and with `next` applied the target, byte for byte.
 */
import { mergePatchBetween } from '../diff/merge-patch.ts';
import type { PhasePlan } from '../diff/plan-phases.ts';
import { type EditPlace, editIntent } from '../document/edit-intent.ts';
import type { ParsedTexts } from '../document/remembering-parser.ts';
import { type IsCarried, nextOf, withoutNext } from '../load/apply-next.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type Intent, intentTitle } from '../model/intent.ts';
import { type JsonObject, sameJson } from '../model/json.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { type Compilation, type CompileOptions, compile } from '../pipeline.ts';
import type { PhaseIntent } from './plan-change.ts';
import type { CompileTree } from './remembering-compile.ts';

/** An intent that could not be edited, why, and what it has to say. */
export interface RefusedEdit {
  readonly title: string;
  readonly reason: string;
  /** What has to be changed in it by hand: an RFC 7386 patch. */
  readonly patch: JsonObject;
}

export interface PhaseEdits {
  /** New texts by path; empty where the intents say the phase already, or where anything is refused. */
  readonly files: FileTree;
  readonly refused: readonly RefusedEdit[];
}

export interface PhaseEditOptions {
  /** The tree has intents that the change deletes in the end, which no `next` can say. */
  readonly keeps?: boolean;
  /** Comments of what a phase takes away are kept above where it stood. */
  readonly keepsComments?: boolean;
  readonly parsed?: ParsedTexts;
  /** Whose phases the plan has: default all. */
  readonly isCarried?: IsCarried;
  readonly rules?: 'all' | 'phase';
  /** May know answers from before. */
  readonly compileTree?: CompileTree;
  /** The tree before the change: what the phase still says is written as it was there. */
  readonly base?: FileTree;
}

/** The texts by which the environment's own intents say the first phase; those that other environments share are not touched. */
export function phaseEdits(tree: FileTree, environment: string, plan: PhasePlan<PhaseIntent>, options: PhaseEditOptions = {}): PhaseEdits {
  const { base, ...without } = options;
  const asBefore = editedFrom(tree, environment, plan, options);
  // What stood before may have meant what it did by texts that the change has edited.
  return asBefore.refused.length === 0 || base === undefined ? asBefore : editedFrom(tree, environment, plan, without);
}

function editedFrom(
  tree: FileTree,
  environment: string,
  plan: PhasePlan<PhaseIntent>,
  { keeps = false, keepsComments = false, parsed, isCarried, rules = 'all', base, compileTree = compile }: PhaseEditOptions,
): PhaseEdits {
  const { phases } = plan;
  const [first] = phases ?? [];
  const last = phases?.at(-1);
  const known: CompileOptions = { rules, ...(parsed === undefined ? {} : { parsed }) };
  const written = compileTree(tree, environment, known).loaded;
  if (first === undefined || last === undefined || written === undefined) return { files: new Map(), refused: [] };
  const earlier = base === undefined ? undefined : compileTree(base, environment, { ...known, until: 'manifests' }).loaded;
  const old = new Map(earlier?.intents.map((intent) => [intentTitle(intent), intent]));
  const edited = new Map(tree);
  const refused: RefusedEdit[] = [];
  const wanted = new Map(first.from.intents.map((intent) => [intentTitle(intent), intent]));
  const target = new Map(last.from.intents.map((intent) => [intentTitle(intent), intent]));
  const edits = editsOf(written, wanted, target, isCarried);
  for (const edit of edits) {
    const was = old.get(edit.title);
    const before = base === undefined || was === undefined ? {} : { before: { tree: base, intent: was } };
    const reason = edit.fault ?? applyEdit(edited, { folder: environment, keepsComments, ...before }, edit);
    if (reason !== undefined) refused.push({ title: edit.title, reason, patch: edit.patch });
  }
  if (refused.length > 0) return { files: new Map(), refused };
  const files = new Map([...edited].filter(([path, text]) => tree.get(path) !== text));
  const compileWhole = (texts: FileTree) => compileTree(texts, environment, { ...known, revise: nextOf(isCarried) });
  const end = keeps ? undefined : last.from;
  const fault = files.size === 0 ? undefined : faultOf([edited, first.from, end], compileTree(edited, environment, known), compileWhole);
  if (fault === undefined) return { files, refused };
  return { files: new Map(), refused: edits.map(({ title, patch }) => ({ title, reason: fault, patch })) };
}

interface Edit {
  readonly title: string;
  /** All that the intent shall say, but for what is still to come. */
  readonly value: JsonObject;
  readonly intent?: Intent;
  readonly patch: JsonObject;
  /** Why it can't be written. */
  readonly fault?: string;
}

const ownPhases = 'it has phases still to come, which its rollout carries on: they have to be merged first, or taken away';

function editsOf(
  written: LoadedEnvironment,
  wanted: ReadonlyMap<string, Intent>,
  target: ReadonlyMap<string, Intent>,
  isCarried: IsCarried = () => true,
): readonly Edit[] {
  const now = new Map(written.intents.map((intent) => [intentTitle(intent), intent]));
  const plain = new Map(withoutNext(written).intents.map((intent) => [intentTitle(intent), intent.value]));
  return [...wanted].flatMap(([title, { value }]): readonly Edit[] => {
    const intent = now.get(title);
    const words = mergePatchBetween(plain.get(title) ?? {}, value) ?? {};
    const next = mergePatchBetween(value, target.get(title)?.value ?? value);
    const said = intent?.value.next;
    const isLeft = said !== undefined && intent !== undefined && !isCarried(intent);
    if (isLeft && next !== undefined) return [{ title, value, patch: { ...words, next }, intent, fault: ownPhases }];
    const coming = isLeft
      ? {}
      : next === undefined
        ? said === undefined
          ? {}
          : { next: null }
        : sameJson(said ?? null, next)
          ? {}
          : { next };
    const patch = { ...words, ...coming };
    return Object.keys(patch).length === 0 ? [] : [{ title, value, patch, ...(intent === undefined ? {} : { intent }) }];
  });
}

/** Why an edit can't be made; undefined where it was. */
function applyEdit(tree: Map<RepoPath, string>, place: EditPlace, { intent, ...edit }: Edit): string | undefined {
  if (intent === undefined) return 'it is deleted by the change, and has to stay until the last phase';
  return editIntent(tree, { ...edit, intent }, place);
}

function faultOf(
  [tree, first, last]: readonly [FileTree, PhaseIntent, PhaseIntent | undefined],
  plain: Compilation,
  compileWhole: (tree: FileTree) => Compilation,
): string | undefined {
  if (!rendersTo(plain, first)) return 'its short forms can not say the phase: edited, it would not render to it';
  if (last === undefined) return undefined;
  const coming = plain.loaded?.intents.some(({ value }) => value.next !== undefined) === true;
  const whole = coming ? compileWhole(tree) : plain;
  return rendersTo(whole, last) ? undefined : 'with `next` applied, it would not render to what it says now';
}

function rendersTo({ ok, files }: Compilation, phase: PhaseIntent): boolean {
  return ok && files.size === phase.files.size && [...phase.files].every(([path, text]) => files.get(path) === text);
}
