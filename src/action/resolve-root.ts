import { readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/** A folder as seen from the workspace, with `/`; or a sentence that says why it is none. */
export type ResolvedRoot = { readonly root: string } | { readonly fault: string };

/** Where links lead is what counts: a step works in what was checked out, and nowhere else on its runner. */
export function resolveRoot(workspace: string, given: string): ResolvedRoot {
  const home = realFolder(workspace);
  if (home === undefined) return { fault: `there is no workspace at ${workspace}` };
  if (readdirSync(home).length === 0) return { fault: 'the workspace is empty: a step with actions/checkout comes before this one' };
  const real = realFolder(isAbsolute(given) ? given : join(home, given));
  const within = real === undefined ? undefined : relative(home, real);
  if (within === undefined) return { fault: `\`working-directory\` names no folder of the workspace; it says \`${given}\`` };
  if (within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within))
    return { fault: `\`working-directory\` leads out of the workspace; it says \`${given}\`` };
  return { root: within === '' ? '.' : within.replaceAll(sep, '/') };
}

function realFolder(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}
