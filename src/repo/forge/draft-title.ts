/** Forges where a draft is what its title says: how they spell it, and what they take for it. */
export interface DraftTitles {
  readonly write: (title: string, draft: boolean) => string;
  /** Without the word. */
  readonly read: (title: string) => string;
}

export const gitlabDrafts: DraftTitles = titlesWith('Draft: ', /^(?:draft:|\[draft\]|\(draft\))\s*/i);
export const giteaDrafts: DraftTitles = titlesWith('WIP: ', /^(?:wip:|\[wip\]|draft:|\[draft\])\s*/i);

function titlesWith(prefix: string, known: RegExp): DraftTitles {
  return { write: (title, draft) => (draft ? `${prefix}${title}` : title), read: (title) => title.replace(known, '') };
}
