import type { ForgePort } from '../../model/forge.ts';
import type { Variables } from '../git/variables.ts';
import { createForgeFetch, type Patience } from './forge-fetch.ts';
import type { ForgeChoice } from './forges.ts';

/** What opening a forge takes from outside. */
export interface ForgeSurroundings {
  readonly patience: Patience;
  /** Absolute: the git directory that holds the branches, where there is no server. */
  readonly gitDirectory: string;
  /** The variables that Mainsheet was called with. */
  readonly variables: Variables;
  /** Sends requests; default Node's own. */
  readonly fetch?: typeof fetch;
}

/** The forge that was chosen. Its client is loaded now, and no other. Nothing is asked of it yet. */
export async function openForge(
  choice: ForgeChoice,
  { patience, gitDirectory, variables, fetch: fetchBy }: ForgeSurroundings,
): Promise<ForgePort> {
  if (choice.kind === 'local') {
    const [{ openLocal }, { openLocalRepository }] = await Promise.all([import('./local.ts'), import('./local-repository.ts')]);
    return openLocal(gitDirectory, openLocalRepository(gitDirectory, variables));
  }
  const send = createForgeFetch(new URL(choice.api).origin, patience, fetchBy);
  switch (choice.kind) {
    case 'github':
      return (await import('./github.ts')).openGithub(choice, send, patience.wait);
    case 'gitlab':
      return (await import('./gitlab.ts')).openGitlab(choice, send, patience.wait);
    case 'gitea':
      return (await import('./gitea.ts')).openGitea(choice, send, patience.wait);
  }
}
