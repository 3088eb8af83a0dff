/**
 * The page of a move as a change that is reviewed: what it makes of the intents, and what that makes of requests.
 *
 *   move ──edit──▶ texts ──propose──▶ one change, or its first phase
 */
import type { ParsedTexts } from '../../document/remembering-parser.ts';
import type { LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { guardrailsOf } from '../../model/guardrails.ts';
import { intentTitle } from '../../model/intent.ts';
import { objectOr } from '../../model/json.ts';
import type { RolloutBlock, RolloutMove } from '../../model/rollout.ts';
import { stickyCookie } from '../../model/rollout-plan.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { stepName } from '../../rollout/steps.ts';
import type { StickyId } from '../../rollout/words-after.ts';
import type { RefusedEdit } from '../phase-edits.ts';
import { keySubject, type ProposedChange, proposeChanges, type RefusedChange } from '../propose/propose.ts';
import type { CompileTree } from '../remembering-compile.ts';
import { editsOfMove, type RolloutEntry } from './rollout-moves.ts';
import { filesOf } from './rollouts.ts';

export interface MoveRequest {
  /** The base branch's. */
  readonly tree: FileTree;
  readonly loaded: LoadedEnvironment;
  readonly entry: RolloutEntry;
  readonly move: RolloutMove;
  /** What the base branch has rendered of an environment, texts without their mark. */
  readonly rendered: (environment: string) => FileTree;
  readonly stickyId: StickyId;
  /** From the top of the repository to the root: '' or 'mesh/'. */
  readonly prefix?: RepoPath;
  readonly folder?: string;
  /** Those that the folder reaches; default: the environment itself. */
  readonly environments?: readonly string[];
  readonly today?: string;
  readonly parsed?: ParsedTexts;
  readonly compileTree?: CompileTree;
}

export interface MadeMove {
  /** Undefined where it can't be made, or where nothing changes. */
  readonly change?: ProposedChange;
  /** 'canary-25' */
  readonly name: string;
  readonly refused: readonly RefusedEdit[];
  readonly unsafe: readonly RefusedChange[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly sources: FileTree;
}

/** A move as the one pull request that its key has. */
export function changeOfMove(request: MoveRequest): MadeMove {
  const { tree, loaded, entry, move, rendered, today } = request;
  const name = moveName(entry, move);
  const { files, refused } = editsOfMove(tree, loaded, entry, move, request);
  if (refused.length > 0) return { name, refused, unsafe: [], diagnostics: [], sources: tree };
  const own = entry.intents.flatMap((intent) => filesOf(loaded, intent)).filter((path) => !path.endsWith('/environment.yaml'));
  const paths: readonly RepoPath[] = [...new Set([...files.keys(), ...own])].sort();
  const made = proposeChanges({
    base: tree,
    edits: files,
    rendered,
    ...(request.prefix === undefined ? {} : { prefix: request.prefix }),
    ...(today === undefined ? {} : { today }),
    ...(request.parsed === undefined ? {} : { parsed: request.parsed }),
    ...(request.compileTree === undefined ? {} : { compileTree: request.compileTree }),
    as: {
      key: { environment: request.folder ?? loaded.environment.name, subject: keySubject(entry.subject) },
      paths,
      environments: request.environments ?? [loaded.environment.name],
      step: name,
      carried: entry.intents.map(intentTitle),
      isWayBack: move.kind === 'rollback',
    },
  });
  const [change] = made.changes;
  return {
    name,
    refused: [],
    unsafe: made.refused,
    diagnostics: made.diagnostics,
    sources: made.sources,
    ...(change === undefined ? {} : { change }),
  };
}

/**
 * The largest part of a class of requests that a change moves, in percent. Users whom a sticky canary remembers are parts of the class that is drawn
 * anew: of all together just so many move as that class says.
 */
export function largestShift({ intents }: Pick<RolloutEntry, 'intents'>, { environments }: ProposedChange): number {
  const cookies = intents.flatMap(({ name, value }) => {
    const { cookie = stickyCookie(name) } = objectOr(objectOr(value.canary).sticky);
    return [`${String(cookie)}=`];
  });
  const classes = environments.flatMap(({ comparison }) => comparison.traffic.flatMap((place) => place.classes));
  const drawn = classes.filter(
    ({ witness }) => witness.kind !== 'confirmed' || !cookies.some((cookie) => witness.request.headers.cookie?.includes(cookie)),
  );
  return Math.max(0, ...drawn.map(({ shiftedPercent }) => Math.round(shiftedPercent * 1e6) / 1e6));
}

/** What keeps a change from being proposed: it moves more than one pull request may, whatever its step was thought to move. */
export function excessOf(
  { environment }: LoadedEnvironment,
  entry: RolloutEntry,
  move: RolloutMove,
  change: ProposedChange,
): readonly RolloutBlock[] {
  const { maxShift = 100 } = guardrailsOf(environment);
  const shift = move.kind === 'rollback' || move.kind === 'hold' ? 0 : largestShift(entry, change);
  return shift > maxShift
    ? [
        {
          kind: 'max-shift',
          reason: `against what is rendered, ${shift} % of some requests move, more than the ${maxShift} % that one pull request may move`,
        },
      ]
    : [];
}

/** A move as trailers and titles name it; a phase by what the phases come to. */
export function moveName({ state: { plan }, intents }: RolloutEntry, move: RolloutMove): string {
  if (move.kind === 'start' || move.kind === 'forward') return stepName(plan, move.step);
  if (move.kind === 'rollback') return typeof move.to === 'number' && move.to > 0 ? `back-${move.to}` : 'rollback';
  const [coming] = intents.flatMap(({ value }) => {
    const { percent } = objectOr(objectOr(value.next).canary);
    return typeof percent === 'number' ? [`canary-${percent}`] : [];
  });
  return move.kind === 'phase' && coming !== undefined ? coming : move.kind;
}
