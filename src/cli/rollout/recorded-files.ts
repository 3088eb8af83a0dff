import type { FileTree } from '../../model/source.ts';
import { recordedCommit } from '../../pipelines/rollouts/recorded-change.ts';
import { renderedFiles } from '../propose/read-versions.ts';
import { type BaseRollouts, unmarked } from './base-rollouts.ts';

/** What was rendered of an environment when nothing of a rollout had a share; undefined where the history does not tell. */
export async function recordedFiles(base: BaseRollouts, environment: string, name: string): Promise<FileTree | undefined> {
  const { value: read } = await base.read(environment, [name]);
  const entry = read?.entries.find(({ state }) => state.subject === name);
  const commit = read === undefined || entry === undefined ? undefined : recordedCommit(entry, read.histories);
  if (commit === undefined || base.settings.output !== undefined) return undefined;
  const files = (await renderedFiles(base.session, commit, base.settings)).value?.get(environment);
  return files === undefined ? undefined : unmarked(files);
}
