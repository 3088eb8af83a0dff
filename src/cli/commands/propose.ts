import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { findChanges, type Proposals } from '../../pipelines/propose/propose.ts';
import { branchSettled } from '../../repo/git/diagnostics.ts';
import { identitiesOf } from '../../repo/git/identity.ts';
import { ignoredPaths } from '../../repo/git/ignored-paths.ts';
import { isSigned } from '../../repo/git/signing.ts';
import { renderProposalsJson } from '../../report/proposal-json.ts';
import { renderProposalsText } from '../../report/proposal-text.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { ProposeFlags } from '../arguments/propose.ts';
import type { CliContext } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { type CommitSettings, carryOut, type Proposed } from '../propose/carry-out.ts';
import { closeStale } from '../propose/close-stale.ts';
import { draftsOf } from '../propose/drafts.ts';
import { laterBranches } from '../propose/limit-pull-requests.ts';
import { fetchBase, openSession, type ProposeSession, repositoryFaults } from '../propose/propose-session.ts';
import { type BaseVersions, readVersions } from '../propose/read-versions.ts';
import { refusalFindings, refusalText, shiftFindings } from '../propose/refusal-text.ts';
import { tellable } from '../propose/tellable.ts';
import { reportFindings } from '../report-findings.ts';
import { chosenEnvironments, type Inputs, type Workspace, withWorkspace } from '../workspace.ts';

/** Opens or updates the pull requests of what was edited; in a dry run says what it would do. */
export async function propose(context: CliContext, flags: ProposeFlags): Promise<ExitCode> {
  return await withWorkspace(context, { ...flags, heedDates: true }, async (workspace) => {
    const run: Run = { context, flags, workspace };
    const { inputs, diagnostics } = workspace;
    if (inputs === undefined) {
      const faults = await repositoryFaults(workspace.root, context);
      return faults.length > 0 ? await refused(run, faults) : report(run, diagnostics);
    }
    chosenEnvironments(inputs.environments, flags.env);
    const session = await openSession(context, workspace.root, inputs.settings, flags);
    if (session.value === undefined) return await refused(run, session.diagnostics);
    const commit = commitSettings(context, flags, session.value);
    if (commit.value === undefined) return await refused(run, commit.diagnostics);
    return await startOver(run, inputs, session.value, commit.value);
  });
}

/** A dry run commits nothing, so nobody has to be known; who is named is judged all the same. */
function commitSettings({ now }: CliContext, flags: ProposeFlags, { repository }: ProposeSession): Result<CommitSettings> {
  const known = flags.dryRun === true ? { ...repository, caller: nobody } : repository;
  const identities = identitiesOf(known, flags.author);
  if (identities.value === undefined) return identities;
  const signed = { sign: isSigned(repository, flags.sign), ...(flags.signOff === undefined ? {} : { signOff: flags.signOff }) };
  const isWorded = [flags.title, flags.message, flags.author, flags.signOff].some((flag) => flag !== undefined);
  return success({ identities: identities.value, at: now(), isWorded, ...signed });
}

const nobody = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'nobody'],
    [`GIT_${role}_EMAIL`, 'nobody@example.com'],
  ]),
);

interface Run {
  readonly context: CliContext;
  readonly flags: ProposeFlags;
  readonly workspace: Workspace;
}

/** Whoever loses a race looks at what the winner did, once; it is mostly the same. */
async function startOver(run: Run, inputs: Inputs, session: ProposeSession, commit: CommitSettings): Promise<ExitCode> {
  const first = await attempt(run, inputs, session, commit);
  if (typeof first === 'number') return first;
  const second = await attempt(run, inputs, session, commit);
  if (typeof second === 'number') return second;
  return await refused(run, [diagnose(branchSettled, { params: { branch: second.moved } })]);
}

/** Another run has pushed this branch. */
interface Moved {
  readonly moved: string;
}

async function attempt(run: Run, inputs: Inputs, session: ProposeSession, commit: CommitSettings): Promise<ExitCode | Moved> {
  const { context, flags, workspace } = run;
  const base = await fetchBase(session);
  if (base.value === undefined) return await refused(run, base.diagnostics);
  const versions = await readVersions(session, base.value, inputs.settings, workspace.tree, await context.compiler());
  if (versions.value === undefined) return await refused(run, versions.diagnostics);
  const edits = findChanges({
    base: versions.value.base,
    edits: versions.value.edits,
    rendered: unmarked(versions.value),
    prefix: session.repository.prefix,
    today: context.today(),
    now: context.now(),
    ...(flags.env === undefined ? {} : { environments: flags.env }),
  });
  const limit = flags.maxPullRequests ?? inputs.settings.maxPullRequests;
  const later = await laterBranches(session, edits.found, limit);
  if (later.value === undefined) return await refused(run, later.diagnostics);
  const found = edits.propose(later.value);
  const code = await reportProposals(run, found);
  if (code !== exitCode.done) return code;
  const sources = { session, settings: inputs.settings, flags, commit: base.value, tool: context.version, ...versions.value };
  const fresh = found.changes.flatMap(({ inputs: texts }) => [...texts.keys()].filter((path) => !sources.base.has(path)));
  const ignored = await ignoredPaths(session.repository, fresh);
  if (ignored.value === undefined) return await refused(run, ignored.diagnostics);
  for (const path of ignored.value)
    context.process.stderr.write(`warning: git ignores ${visibleText(path)}, and it is proposed all the same\n`);
  const drafts = draftsOf(found.changes, sources);
  if (drafts.value === undefined) return await refused(run, drafts.diagnostics);
  const done: { readonly draft: (typeof drafts.value)[number]; readonly proposed: Proposed }[] = [];
  for (const draft of drafts.value) {
    const proposed = await carryOut(session, draft, commit, { isDry: flags.dryRun });
    if (proposed.outcome === 'moved') return { moved: draft.branch };
    done.push({ draft, proposed });
  }
  const failures = done.flatMap(({ proposed }) => (proposed.outcome === 'failed' ? proposed.diagnostics : []));
  const told = done.flatMap(({ draft, proposed }) => tellable(draft, proposed, context.workingFolder));
  const isDry = flags.dryRun === true;
  const stale = await closeStale(session, {
    commit: base.value,
    proposed: [...drafts.value.map(({ branch }) => branch), ...later.value],
    isDry,
    ...(flags.env === undefined ? {} : { environments: flags.env }),
  });
  if (stale.value === undefined) failures.push(...stale.diagnostics);
  if (later.value.size > 0) context.process.stderr.write(laterText(later.value.size, limit));
  for (const line of stale.value ?? []) context.process.stderr.write(`note: ${visibleText(line)}\n`);
  const named = { branch: session.base.branch, commit: base.value };
  const text = flags.format === 'json' ? renderProposalsJson(told, named, isDry) : renderProposalsText(told, named.branch, isDry);
  if (told.length > 0 || failures.length === 0) context.process.stdout.write(session.mask(text));
  if (isDry && session.forge === undefined) context.process.stderr.write('There is no token, so the forge was not asked what is there.\n');
  return failures.length === 0 ? exitCode.done : await refused(run, failures);
}

function unmarked({ rendered }: BaseVersions): BaseVersions['rendered'] {
  return (environment) =>
    new Map([...rendered(environment)].map(([path, text]) => [path, text.replace(/^# mainsheet sha256:[^\n]*\n/, '')]));
}

/** What was found in the inputs, and what can't be proposed safely. */
async function reportProposals(run: Run, { changes, refused: unsafe, diagnostics, sources, sound = [] }: Proposals): Promise<ExitCode> {
  const { context, workspace } = run;
  const { stderr } = context.process;
  reportFindings(context, { diagnostics, tree: sources, prefix: workspace.prefix }, 'text', stderr);
  if (diagnostics.some(isError)) {
    if (sound.length > 0) stderr.write(aloneText(sound));
    return exitCodeOf(diagnostics);
  }
  for (const one of unsafe) stderr.write(refusalText(one));
  const findings = [...refusalFindings(unsafe), ...shiftFindings(changes)];
  return findings.length === 0 ? exitCode.done : await refused(run, findings);
}

function laterText(count: number, limit: number): string {
  const follows = count === 1 ? '1 phase more follows with a later run' : `${count} phases more follow with later runs`;
  return `note: ${follows}: one run opens ${limit} at most\n`;
}

/** What is edited is proposed whole, or not at all; who wants a part of it says which. */
function aloneText(sound: readonly string[]): string {
  const names = sound.length === 1 ? sound.join('') : `${sound.slice(0, -1).join(', ')} and ${sound.at(-1)}`;
  const words = sound.map((name) => ` --env ${name}`).join('');
  return `note: ${visibleText(`nothing is proposed; what is edited of ${names} is sound. To propose that alone: mainsheet propose${words}`)}\n`;
}

async function refused(run: Run, diagnostics: readonly Diagnostic[]): Promise<ExitCode> {
  const create = await run.context.compiler();
  return report(run, create(run.workspace.tree, {}).locate(diagnostics));
}

function report({ context, workspace: { tree, prefix } }: Run, diagnostics: readonly LocatedDiagnostic[]): ExitCode {
  reportFindings(context, { diagnostics, tree, prefix }, 'text', context.process.stderr);
  return exitCodeOf(diagnostics);
}
