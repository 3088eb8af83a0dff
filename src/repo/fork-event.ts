import { readFileSync } from 'node:fs';

export interface ForkEvent {
  /** 'someone/mesh' */
  readonly head: string;
  readonly base: string;
}

/**
 * The pull request that a CI job runs for, where it comes from another repository: its texts are not reviewed. Undefined for every other job.
 * An event that cannot be read is taken for one from a fork.
 */
export function forkEvent(variables: Readonly<Partial<Record<string, string>>>): ForkEvent | undefined {
  const source = variables.CI_MERGE_REQUEST_SOURCE_PROJECT_PATH;
  const target = variables.CI_MERGE_REQUEST_PROJECT_PATH;
  if (source !== undefined && target !== undefined && source !== target) return { head: source, base: target };
  const path = variables.GITHUB_EVENT_PATH;
  if (path === undefined || path === '' || !/^pull_request/.test(variables.GITHUB_EVENT_NAME ?? '')) return undefined;
  const event = readEvent(path);
  const pull = member(event, 'pull_request');
  const [head, base] = ['head', 'base'].map((side) => member(member(member(pull, side), 'repo'), 'full_name'));
  if (typeof head === 'string' && head === base) return undefined;
  return { head: typeof head === 'string' ? head : 'an unknown repository', base: typeof base === 'string' ? base : 'this repository' };
}

function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
