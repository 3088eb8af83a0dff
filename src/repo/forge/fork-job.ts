import { readFileSync } from 'node:fs';
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { isObject, type Json, objectOr } from '../../model/json.ts';
import type { Variables } from '../git/variables.ts';
import { noTokenForForks } from './diagnostics.ts';

/**
 * Whether this is a job of a forge's CI for a change from a fork: then what it builds was written by someone who may not write here, and a token that
 * may must not be used on it (`pull_request_target`, `workflow_run`, merge request pipelines in the parent project).
 * `event` is the text of the file that GITHUB_EVENT_PATH names; Gitea and Forgejo write the same. Where a job is for a pull request, or for the run
 * of one, and its event cannot be read, it is taken for one from a fork.
 */
export function refuseForkJob(variables: Variables, event = readEvent(variables)): readonly Diagnostic[] {
  const isOfPull = /^(pull_request|workflow_run)/.test(variables.GITHUB_EVENT_NAME ?? '');
  const found = gitlabFork(variables) ?? githubFork(event, isOfPull);
  return found === undefined ? [] : [diagnose(noTokenForForks, { params: found })];
}

function readEvent({ GITHUB_EVENT_PATH: path }: Variables): string | undefined {
  if (path === undefined || path === '') return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

interface Fork {
  readonly source: string;
  readonly target: string;
}

function gitlabFork({ CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: source, CI_MERGE_REQUEST_PROJECT_PATH: target }: Variables): Fork | undefined {
  return source !== undefined && target !== undefined && source !== target ? { source, target } : undefined;
}

/** An event that names a pull request, or the run of one; any other is of this repository itself. */
function githubFork(event: string | undefined, isOfPull: boolean): Fork | undefined {
  const { pull_request, workflow_run, repository } = objectOr(parsed(event));
  const pull = isObject(pull_request) ? pull_request : undefined;
  const source = pull === undefined ? objectOr(workflow_run).head_repository : (objectOr(pull.head).repo ?? null);
  if (pull === undefined && source === undefined)
    return isOfPull ? { source: 'an unknown repository', target: 'this repository' } : undefined;
  const target = nameOf(repository) ?? nameOf(objectOr(objectOr(pull).base).repo);
  const name = nameOf(source);
  if (name !== undefined && name === target) return undefined;
  return { source: name ?? 'a fork that is gone', target: target ?? 'this repository' };
}

function nameOf(repository: Json | undefined): string | undefined {
  const { full_name } = objectOr(repository);
  return typeof full_name === 'string' ? full_name : undefined;
}

function parsed(text: string | undefined): Json {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
