/** What is asked of a proposal, and how its texts are compiled wherever one of its pages needs it. */
import { type ParsedTexts, rememberedTexts } from '../../document/remembering-parser.ts';
import { applyNext } from '../../load/apply-next.ts';
import type { Seconds } from '../../model/rollout.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { Compilation } from '../../pipeline.ts';
import type { EnvironmentSides } from '../../propose/changed-inputs.ts';
import { edited } from '../../propose/file-edits.ts';
import type { ChangeGroup } from '../../propose/group-changes.ts';
import { type CompileTree, rememberingCompile } from '../remembering-compile.ts';

export interface ProposalRequest {
  /** Settings, environments and templates as the base branch has them. */
  readonly base: FileTree;
  /** What the change makes of them; null = gone. */
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  /** What is rendered on the base branch, by path beneath the environment's output folder, texts without their mark. */
  readonly rendered: (environment: string) => FileTree;
  /** Only changes that reach one of these. */
  readonly environments?: readonly string[];
  /** YYYY-MM-DD: dates in intents are held against it. */
  readonly today?: string;
  /** Seconds since 1970: guardrails of the base branch are asked of it. Without it they are not, because who decided asked them before. */
  readonly now?: Seconds;
  readonly parsed?: ParsedTexts;
  /** May know answers of an earlier call. */
  readonly compileTree?: CompileTree;
  /** From the top of the repository to the root that all paths are relative to: '' or 'mesh/'. */
  readonly prefix?: RepoPath;
  /** All of it is one change, whatever it edits: a step of a rollout. */
  readonly as?: NamedChange;
}

/** A change that is known by more than what it edits. */
export interface NamedChange extends ChangeGroup {
  /** 'canary-25', 'rollback'. */
  readonly step: string;
  /** Titles of the intents whose phases it carries on. */
  readonly carried: readonly string[];
  /** A way back: nothing but what it moves is rendered anew, no plan or guardrail is in its way, and comments of what goes are kept. */
  readonly isWayBack?: boolean;
}

/** With what the texts of all trees of a run were parsed to: they are mostly the same. */
export interface Proposing extends ProposalRequest {
  readonly parsed: ParsedTexts;
  readonly compileTree: CompileTree;
}

/** What an earlier call remembered is taken over, where it is given. */
export function proposing(given: ProposalRequest): Proposing {
  return {
    ...given,
    parsed: given.parsed ?? rememberedTexts(),
    compileTree: ofToday(given.compileTree ?? rememberingCompile(), given.today),
  };
}

/** Dates are held against today wherever people's own words are compiled whole; what was, and phases that only pass by, are taken as they are. */
function ofToday(compileTree: CompileTree, today: string | undefined): CompileTree {
  return (tree, environment, options = {}) => {
    const isWritten = options.until === undefined && (options.revise === undefined || options.revise === applyNext);
    return compileTree(tree, environment, isWritten && today !== undefined ? { ...options, today } : options);
  };
}

export function compileGroup(
  { parsed, compileTree, as }: Proposing,
  tree: FileTree,
  environments: readonly string[],
): readonly Compilation[] {
  return environments.map((name) => compileTree(tree, name, { parsed, rules: rulesOf(as) }));
}

/** What is wrong with other intents is no reason to stay at what has to be gone back from. */
export function rulesOf(as: NamedChange | undefined): 'all' | 'phase' {
  return as?.isWayBack === true ? 'phase' : 'all';
}

/** The base branch with what one group edits. */
export function treeOf({ base, edits }: ProposalRequest, { paths }: ChangeGroup): FileTree {
  return edited(base, new Map([...edits].filter(([path]) => paths.includes(path))));
}

/** Those of some environments that are there with the change, and can be read. */
export function present(environments: readonly string[], sides: readonly EnvironmentSides[]): readonly string[] {
  return environments.filter((name) => sides.some((side) => side.name === name && side.after !== undefined));
}
