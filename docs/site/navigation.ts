import { posix } from 'node:path';
import { anchorOf } from './anchor-of.ts';
import { pageAddress } from './page-address.ts';

/** A heading of a page of contents, and the pages that its list names, in order. */
export interface Section {
  readonly title: string;
  readonly pages: readonly { readonly title: string; readonly source: string }[];
}

/** The sections of a page of contents: what it names first in each line of a list, or of a table, under a heading. */
export function sectionsOf(page: string, source: string): readonly Section[] {
  const [, ...parts] = page.split(/^## /m);
  return parts.map((part) => {
    const [title = '', ...lines] = part.split('\n');
    return { title, pages: lines.flatMap((line) => pageNamedIn(line, source)) };
  });
}

const pageLine = /^(?: *- (?:of )?|\| )\[([^\]]+)\]\(([^)#]+\.md)\)(?: \| `([^`]+)`)?/;

function pageNamedIn(line: string, source: string): Section['pages'] {
  const [, title, target, name] = pageLine.exec(line) ?? [];
  if (title === undefined || target === undefined) return [];
  return [{ title: name === undefined ? upper(title) : `${title} ${name}`, source: posix.join(posix.dirname(source), target) }];
}

function upper(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The site's form of a list beside a page. */
interface SidebarGroup {
  text: string;
  collapsed: boolean;
  items: { text: string; link: string }[];
}

const decisions = 'Decisions';

/**
 * What stands beside each page: the sections of docs/README.md; beside a finding those of its own band, for all of them together would
 * make each page larger than what it says.
 */
export function sidebarOf(contents: string, findings: string): Record<string, SidebarGroup[]> {
  const sections = sectionsOf(contents, 'docs/README.md').map((section) => groupOf(section, section.title === decisions));
  const bands = sectionsOf(findings, 'docs/diagnostics/README.md');
  const allBands = {
    text: 'Every finding',
    collapsed: false,
    items: bands.map(({ title }) => ({ text: title, link: `/diagnostics/#${anchorOf(title)}` })),
  };
  const beside = bands.map((band) => [`/diagnostics/MS${band.title.charAt(0)}`, [groupOf(band, false), allBands]] as const);
  // Of two that fit, the site takes the first.
  return { ...Object.fromEntries(beside), '/diagnostics/': [allBands, ...sections], '/': sections };
}

function groupOf({ title, pages }: Section, collapsed: boolean): SidebarGroup {
  return { text: title, collapsed, items: pages.map((page) => ({ text: page.title, link: `/${pageAddress(page.source)}` })) };
}
