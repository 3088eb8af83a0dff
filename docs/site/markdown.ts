import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { pageAddress } from './page-address.ts';

/** What is used of a token of markdown-it. */
interface Token {
  readonly type: string;
  readonly info: string;
  content: string;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

type Rule = (tokens: Token[], index: number, options: unknown, environment: unknown, self: unknown) => string;

/** What is used of markdown-it. */
interface MarkdownIt {
  readonly core: { readonly ruler: { push(name: string, rule: (state: { tokens: Token[]; env: { realPath?: string } }) => void): void } };
  readonly renderer: { readonly rules: Record<string, Rule | undefined> };
  readonly utils: { escapeHtml(text: string): string };
}

export interface Places {
  /** Folder of the repository, absolute. */
  readonly root: string;
  /** Paths of the site's pages in the repository. */
  readonly pages: ReadonlySet<string>;
  /** Where the repository can be looked at, such as https://github.com/OWNER/NAME/blob/main; undefined: nowhere that is known. */
  readonly repository: string | undefined;
}

/** Reads the pages as a forge does, so that they need no words of the site's own. */
export function asOnAForge(markdown: MarkdownIt, places: Places): void {
  markdown.core.ruler.push('links_of_the_repository', ({ tokens, env }) => {
    const source = env.realPath === undefined ? undefined : posix.relative(places.root, env.realPath);
    for (const { children } of tokens) if (source !== undefined && children !== null) relink(children, source, places);
  });
  captionFiles(markdown);
  neverInterpolate(markdown);
}

/**
 * Links to pages lead to where these stand on the site, others into the repository; where that is not known, their text stays. What
 * leads nowhere is left to the site's check of dead links.
 */
function relink(tokens: Token[], source: string, { root, pages, repository }: Places): void {
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    const href = token?.type === 'link_open' ? token.attrGet('href') : null;
    if (token === undefined || href === null || /^([a-z]+:|#|\/)/.test(href)) continue;
    const [path = '', anchor] = href.split('#');
    const target = posix.join(posix.dirname(source), path);
    const suffix = anchor === undefined ? '' : `#${anchor}`;
    if (pages.has(target)) token.attrSet('href', `/${pageAddress(target)}${suffix}`);
    else if (!existsSync(posix.join(root, target))) continue;
    else if (repository !== undefined) token.attrSet('href', `${repository}/${target}${suffix}`);
    else unlink(tokens, index);
  }
}

function unlink(tokens: Token[], index: number): void {
  const end = tokens.findIndex((token, at) => at > index && token.type === 'link_close');
  tokens.splice(end, 1);
  tokens.splice(index, 1);
}

/** A block that is a whole file has the file's path above it. */
function captionFiles(markdown: MarkdownIt): void {
  const drawBlock = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, options, environment, self) => {
    const path = tokens[index]?.info
      .split(' ')
      .slice(1)
      .find((word) => word.includes('/'));
    const block = drawBlock?.(tokens, index, options, environment, self) ?? '';
    return path === undefined ? block : `<p class="file" v-pre>${markdown.utils.escapeHtml(path)}</p>\n${block}`;
  };
}

/** Nothing between double braces is a program. */
function neverInterpolate(markdown: MarkdownIt): void {
  for (const type of ['text', 'code_inline']) {
    const draw = markdown.renderer.rules[type];
    markdown.renderer.rules[type] = (...call) => (draw?.(...call) ?? '').replaceAll('{{', '&#123;&#123;');
  }
}
