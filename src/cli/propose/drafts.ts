import type { Diagnostic } from '../../model/diagnostic.ts';
import { isObject } from '../../model/json.ts';
import type { PullRequestDraft } from '../../model/pull-request.ts';
import type { PullRequestStory, StoryFile } from '../../model/pull-request-story.ts';
import type { Result } from '../../model/result.ts';
import { success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { type DraftRequest, draftPullRequest, type ProposedChange, printedObject, trailerOf } from '../../pipelines/propose/propose.ts';
import type { RolloutStory } from '../../pipelines/rollouts/rollout-story.ts';
import { shortened } from '../../report/markdown-text.ts';
import { renderPullRequestBody } from '../../report/pull-request-body.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { ProposeFlags } from '../arguments/propose.ts';
import type { Locations } from '../compiler.ts';
import type { ProposeSession } from './propose-session.ts';
import type { StandingOutput } from './read-versions.ts';
import { type RenderedEdits, renderedEdits } from './rendered-edits.ts';

export interface DraftSources {
  readonly session: ProposeSession;
  readonly settings: Locations;
  readonly flags: ProposeFlags;
  /** The commit of the base branch. */
  readonly commit: string;
  /** Inputs as the base branch has them, and what it has rendered of an environment, texts with their mark. */
  readonly base: FileTree;
  readonly rendered: (environment: string) => FileTree;
  readonly stands: StandingOutput;
  readonly tool: string;
  /** Of a rollout: what is told and recorded of its step. */
  readonly rollout?: RolloutTelling;
  /** Inputs that can't be compiled as the base branch has them: what they were before, which `base` has in their place. */
  readonly restored?: FileTree;
}

export interface RolloutTelling extends Pick<PullRequestStory, 'steps' | 'gates'> {
  readonly commands: Omit<PullRequestStory['commands'], 'more'>;
  /** What gates saw, as lines of JSON. */
  readonly recorded: readonly string[];
  readonly isCleared: boolean;
  /** A check says that what the base branch has is live. */
  readonly isLive: boolean;
  /** Why it is proposed. */
  readonly reason: string;
}

/** Changes as pull requests, with their bodies; refused where rendered files can't be what they shall be. */
export function draftsOf(changes: readonly ProposedChange[], sources: DraftSources): Result<readonly PullRequestDraft[]> {
  const drafts: PullRequestDraft[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const change of changes) {
    const { settings, flags, rendered, stands } = sources;
    // What changes the settings is put where they say; all else where the base branch has it.
    const isElsewhere = change.inputs.has('mainsheet.yaml') ? settings.output !== undefined : stands.isElsewhere;
    const written = isElsewhere
      ? success({ edits: new Map<RepoPath, string | null>(), replaced: [] })
      : renderedEdits(change, { stands, folder: settings.rendered, rendered }, flags);
    if (written.value === undefined) diagnostics.push(...written.diagnostics);
    else drafts.push(draftOf(change, written.value, sources));
  }
  return diagnostics.length > 0 ? { value: undefined, diagnostics } : success(drafts);
}

function draftOf(change: ProposedChange, { edits: written, replaced }: RenderedEdits, sources: DraftSources): PullRequestDraft {
  const { restored = new Map<RepoPath, string>() } = sources;
  const edits = new Map<RepoPath, string | null>([...restored, ...change.inputs, ...written]);
  const { session, settings, flags, commit, tool, rollout } = sources;
  const { label, reviewer, draft, automerge = settings.automerge, message } = flags;
  const request: DraftRequest = {
    ...{ base: { branch: session.base.branch, commit }, edits, tool, automerge },
    ...(rollout === undefined
      ? {}
      : {
          isCleared: rollout.isCleared && replaced.length === 0 && !change.environments.some(({ isRecorded }) => isRecorded === true),
          isLive: rollout.isLive,
          gates: rollout.recorded,
        }),
    title: shortened(flags.title ?? change.title, session.limits.title),
    ...commitTextOf(message ?? rollout?.reason, replaced, [...restored.keys()]),
    ...(label === undefined ? {} : { labels: label }),
    ...(reviewer === undefined ? {} : { reviewers: reviewer }),
    ...(draft === undefined ? {} : { draft }),
  };
  const story: PullRequestStory = {
    trailer: trailerOf(change, request),
    environments: change.environments,
    inputs: inputsOf({ inputs: new Map([...restored, ...change.inputs]) }, sources),
    ...(change.waitsFor === undefined ? {} : { waitsFor: change.waitsFor }),
    ...(change.blocks === undefined ? {} : { blocks: change.blocks }),
    ...storyOfRollouts(change),
    ...(replaced.length === 0 ? {} : { replaced }),
    ...(restored.size === 0 ? {} : { restored: [...restored.keys()] }),
    ...(rollout?.steps === undefined ? {} : { steps: rollout.steps }),
    ...(rollout?.gates === undefined ? {} : { gates: rollout.gates }),
    commands: {
      more: `mainsheet diff --base ${session.base.branch}${settings.output === undefined ? '' : ' --rerender'} --patch unified`,
      ...(rollout === undefined ? commandsOf(change) : rollout.commands),
    },
    ...(settings.output === undefined ? {} : { renderedElsewhere: outputWords(settings.output) }),
  };
  return draftPullRequest(change, request, renderPullRequestBody(story, session.limits, { print: printed }));
}

/** Steps of one rollout; what follows is the same in all environments, or told of each by itself. */
function storyOfRollouts({ rollouts = new Map<string, RolloutStory>() }: ProposedChange): Pick<PullRequestStory, 'steps' | 'follows'> {
  const told = [...rollouts].flatMap(([name, { follows }]) => (follows === undefined ? [] : [{ name, follows }]));
  const [only, ...others] = rollouts.values();
  const isSame = told.every(({ follows }) => follows === told[0]?.follows);
  const follows = isSame ? told[0]?.follows : told.map((one) => `${one.name}: ${one.follows}`).join('; ');
  const steps = only !== undefined && others.length === 0 ? only.steps : [];
  return { ...(steps.length === 0 ? {} : { steps }), ...(follows === undefined ? {} : { follows }) };
}

/** How the rollout that a person's change begins, or is in the middle of, is held and taken back. */
function commandsOf({ rollouts = new Map<string, RolloutStory>() }: ProposedChange): Partial<PullRequestStory['commands']> {
  const [only, ...others] = rollouts;
  if (only === undefined || others.length > 0 || only[1].steps.length === 0) return {};
  const name = `${only[1].name} --env ${only[0]}`;
  return { hold: `mainsheet rollout hold ${name}`, rollback: `mainsheet rollout rollback ${name}` };
}

function commitTextOf(
  said: string | undefined,
  replaced: readonly RepoPath[],
  restored: readonly RepoPath[],
): Pick<DraftRequest, 'commitText'> {
  const lines = [
    ...(said === undefined ? [] : said.split('\n')),
    ...(replaced.length === 0 ? [] : [`Replaces what was edited by hand: ${replaced.join(', ')}`]),
    ...(restored.length === 0 ? [] : [`Replaces what can't be compiled: ${restored.join(', ')}`]),
  ];
  return lines.length === 0 ? {} : { commitText: lines.map(visibleText).join('\n') };
}

function printed(body: Parameters<typeof isObject>[0]): string {
  return isObject(body) ? printedObject(body) : '';
}

function inputsOf({ inputs }: Pick<ProposedChange, 'inputs'>, { base }: DraftSources): readonly StoryFile[] {
  return [...inputs].map(([path, text]) => ({ path, action: text === null ? 'delete' : base.has(path) ? 'update' : 'create' }));
}

function outputWords({ repository, branch }: NonNullable<Locations['output']>): string {
  return [...(repository === undefined ? [] : [repository]), ...(branch === undefined ? [] : [`branch ${branch}`])].join(', ');
}
