import type { CommitStatus } from '../../model/pull-request.ts';

/** The statuses that the forge does not show like this yet, their descriptions cut to what it takes (UTF-16 units). */
export function statusChanges(wanted: readonly CommitStatus[], there: readonly CommitStatus[], longest: number): readonly CommitStatus[] {
  return wanted
    .map((status) => ({ ...status, description: cut(status.description, longest) }))
    .filter((status) => {
      const same = there.find(({ name }) => name === status.name);
      return same?.state !== status.state || same.description !== status.description || (same.url ?? '') !== (status.url ?? '');
    });
}

/** Never half of a character. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.charCodeAt(longest - 2) >>> 10 === 0x36 ? longest - 2 : longest - 1;
  return `${text.slice(0, end)}…`;
}
