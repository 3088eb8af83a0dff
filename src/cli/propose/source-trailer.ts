/** Names the commit of the base branch that a commit of rendered output was made from. */
export const sourceTrailer = 'Mainsheet-Source';
