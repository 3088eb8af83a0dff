import { chooseRemote } from '../../repo/git/remote.ts';
import { withoutPassword } from '../../repo/git/remote-address.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { Locations } from '../compiler.ts';
import { type CommandRefusal, usageError } from '../usage-error.ts';

/** Rendered files go to another place than the one that is asked: to compare with nothing would show all of them as new. */
export async function renderedElsewhere(
  what: string,
  base: string,
  { repository: address, branch }: NonNullable<Locations['output']>,
  repository?: GitRepository,
): Promise<CommandRefusal> {
  const remote = repository === undefined ? undefined : (await chooseRemote(repository)).value;
  const published =
    address === undefined && branch !== undefined
      ? [`\`mainsheet diff --base ${remote?.remote.name ?? 'origin'}/${branch}\` compares with what is published, as of the last fetch`]
      : [];
  return usageError(
    `${visibleText(what)} holds no rendered files: they go to ${visibleText(address === undefined ? `branch ${branch ?? ''}` : withoutPassword(address))}`,
    [`\`mainsheet diff --base ${base} --rerender\` compiles the intents of ${base} and compares with that`, ...published].map(visibleText),
  );
}
