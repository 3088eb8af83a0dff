/**
 * The page of going back where nothing can be compiled, as with a release that finds an error in what an earlier one rendered.
 *
 *   move ──edit──▶ intents ┐
 *                          ├──▶ one change, told and judged by its manifests alone
 *   files of the commit ───┘
 *
 * Intents are edited as ever. Rendered files of what goes back, and no others, become what they were byte for byte when no canary had a share: that
 * release rendered and proved them. What is judged anew is whether every order of applying them is safe.
 */

import { layOut } from '../../emit/lay-out.ts';
import { intentTitle } from '../../model/intent.ts';
import { keyIn } from '../../model/pull-request.ts';
import { invariant } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { compile } from '../../pipeline.ts';
import { changeTitle } from '../../propose/change-title.ts';
import { contentDigest } from '../../propose/content-digest.ts';
import { keySubject } from '../../propose/key-subject.ts';
import { type DatedWords, sharesNothing } from '../../rollout/standing.ts';
import { wordsAfter } from '../../rollout/words-after.ts';
import { compareFolders } from '../compare.ts';
import { planChange } from '../plan-change.ts';
import type { ProposedChange } from '../propose/proposed-change.ts';
import { type MoveRequest, moveName } from './rollout-change.ts';
import { editsOfMove, type RolloutEntry } from './rollout-moves.ts';
import type { Histories } from './rollouts.ts';

/** The newest commit of a history at which no canary of a rollout's intents had a share; undefined where none is known. After a finish: one before it. */
export function recordedCommit({ state, intents }: RolloutEntry, histories: Histories): string | undefined {
  const [only, ...others] = intents;
  const [member] = state.members;
  // Members of a train moved one after the other: no one commit has all of them as they were.
  if (only === undefined || member === undefined || others.length > 0) return undefined;
  const stable = member.canary === undefined && member.coming === undefined ? member.previous : member.stable;
  const isBefore = ({ words, isPassing }: DatedWords) =>
    words !== undefined && isPassing !== true && words.stable === stable && sharesNothing(words);
  return (histories.get(intentTitle(only)) ?? []).find(isBefore)?.commit;
}

/** Undefined where the intents can't be edited, or where the files are not its own, or one of them is not among the recorded ones. */
export function recordedChange(request: MoveRequest, recorded: FileTree): ProposedChange | undefined {
  const { tree, loaded, entry, move, stickyId } = request;
  const environment = loaded.environment.name;
  const { files: inputs, refused } = editsOfMove(tree, loaded, entry, move, request);
  const rendered = request.rendered(environment);
  const own = ownFiles(request);
  if (refused.length > 0 || own.size === 0 || [...own].some((path) => !rendered.has(path) || !recorded.has(path))) return undefined;
  const files = new Map([...rendered].map(([path, text]) => [path, own.has(path) ? (recorded.get(path) ?? text) : text]));
  const [before, after] = [rendered, files].map((all) => new Map([...all].filter(([path]) => own.has(path))));
  invariant(before !== undefined && after !== undefined, 'two sides');
  const { report: plan } = planChange({ kind: 'manifests', tree: before }, { kind: 'manifests', tree: after });
  const { comparison } = compareFolders({ tree: before, root: '' }, { tree: after, root: '' });
  if (plan === undefined || (plan.verdict !== 'safe' && plan.verdict !== 'unchanged') || comparison === undefined) return undefined;
  const key = keyIn(request.prefix ?? '', { environment, subject: keySubject(entry.subject) });
  const changed = entry.intents.map((intent, i) => {
    const member = entry.state.members[i];
    const value = member === undefined ? intent.value : wordsAfter(entry.state, member, intent.value, move, stickyId);
    return { title: intentTitle(intent), before: intent.value, after: value };
  });
  return {
    key,
    title: changeTitle(key, changed),
    inputs,
    environments: [{ name: environment, comparison, plan, warnings: [], isRecorded: true, files, shards: 1, only: own, own }],
    digest: contentDigest({ key, inputs, objects: [{ environment, changes: comparison.changes }] }),
    step: moveName(entry, move),
  };
}

/** Files that hold nothing but objects of what goes back: which object is whose is known before any rule is asked. */
function ownFiles({ tree, loaded, entry }: MoveRequest): ReadonlySet<RepoPath> {
  const { manifests, shards, ok } = compile(tree, loaded.environment.name, { until: 'manifests', rules: 'phase' });
  const titles = entry.intents.map(intentTitle);
  const folders = ok ? (layOut(loaded.environment, manifests, shards).value ?? []) : [];
  const paths = folders.flatMap(({ folder, files }) =>
    files
      .filter((file) => file.manifests.length > 0 && file.manifests.every(({ owner }) => titles.includes(intentTitle(owner))))
      .map(({ path }) => (folder === '' ? path : `${folder}/${path}`)),
  );
  return new Set(paths);
}
