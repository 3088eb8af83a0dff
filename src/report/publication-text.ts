import type { ToldPublication } from '../model/publication.ts';
import { visibleText } from './visible-text.ts';

/** 'rendered: 3 files published'; of what would change, each file on a line of its own. */
export function renderPublicationText({ branch, publication }: ToldPublication): string {
  const lines =
    publication.state === 'would change'
      ? [
          `${branch}: ${countWords(publication.edits.size)} would change`,
          ...[...publication.edits].map(([path, text]) => `  ${text === null ? '-' : '~'} ${path}`),
        ]
      : [`${branch}: ${publicationWords(publication)}`];
  return lines.map((line) => `${visibleText(line)}\n`).join('');
}

function publicationWords(publication: Exclude<ToldPublication['publication'], { readonly state: 'would change' }>): string {
  switch (publication.state) {
    case 'newer':
      return 'a newer commit is published already';
    case 'same':
      return 'up to date';
    case 'published':
      return `${countWords(publication.files)} published`;
  }
}

function countWords(files: number): string {
  return `${files} ${files === 1 ? 'file' : 'files'}`;
}
