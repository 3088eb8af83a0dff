import { execFileSync } from 'node:child_process';
import { stickyIdAt } from '../../src/cli/rollout/sticky-id.ts';
import type { FileTree } from '../../src/model/source.ts';
import { forecast } from '../../src/pipelines/rollouts/rollout-forecast.ts';
import { identity } from '../cli/propose-fixtures.ts';
import type { RolloutWorld } from './rollout-world.ts';

/** What a commit to come is predicted to be: its step, and all inputs and rendered files as they are when it is merged. */
export interface PredictedCommit {
  readonly step: string;
  readonly files: Readonly<Record<string, string>>;
}

/** All commits of a rollout of prod that begins now, by the bytes of the main branch. */
export function predictedBytes(world: RolloutWorld, subject: string, version: string, now: number): readonly PredictedCommit[] {
  const files = whatIsMerged(world, 'main');
  const part = (prefix: string, strip = ''): FileTree =>
    new Map(Object.entries(files).flatMap(([path, text]) => (path.startsWith(prefix) ? [[path.slice(strip.length), unmarked(text)]] : [])));
  const found = forecast({
    tree: part('environments/'),
    environment: 'prod',
    subject,
    version,
    rendered: part('rendered/prod/', 'rendered/prod/'),
    now,
    stickyId: stickyIdAt(tip(world, 'main')),
  });
  if (found === undefined || found.failure !== undefined) throw new Error(`no forecast: ${JSON.stringify(found?.failure)}`);
  let inputs = part('environments/');
  let rendered = part('rendered/prod/', 'rendered/prod/');
  return found.steps.map(({ step, change }) => {
    const next = new Map(inputs);
    for (const [path, text] of change.inputs) {
      if (text === null) next.delete(path);
      else next.set(path, text);
    }
    inputs = next;
    // What renders to the same is not told.
    rendered = change.environments.find(({ name }) => name === 'prod')?.files ?? rendered;
    const all = [...next, ...[...rendered].map(([path, text]) => [`rendered/prod/${path}`, text] as const)];
    return { step, files: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) };
  });
}

/** Every file of a commit, rendered ones without the mark that writing adds. */
export function whatIsMerged({ bare }: RolloutWorld, revision: string): Readonly<Record<string, string>> {
  const git = (...words: readonly string[]) => execFileSync('git', [...words], { cwd: bare, encoding: 'utf8', env: identity });
  const paths = git('ls-tree', '-r', '--name-only', revision)
    .split('\n')
    .filter((path) => path !== '');
  return Object.fromEntries(paths.sort().map((path) => [path, unmarked(git('show', `${revision}:${path}`))]));
}

export function tip({ bare }: RolloutWorld, branch: string): string {
  return execFileSync('git', ['rev-parse', branch], { cwd: bare, encoding: 'utf8', env: identity }).trim();
}

function unmarked(text: string): string {
  return text.replace(/^# mainsheet sha256:[^\n]*\n/, '');
}
