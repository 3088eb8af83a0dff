/** The page's own code: texts, and their hashes as Content-Security-Policy spells them. */
export interface PageCode {
  readonly script: HashedText;
  readonly style: HashedText;
}

interface HashedText {
  readonly text: string;
  readonly hash: string;
}

/** What a page holds as data: the id of its element, and any JSON value. */
export type PageData = readonly (readonly [id: string, value: unknown])[];

/** By this a page that may be replaced is known. */
const mark = '<meta name="generator" content="Mainsheet site">';

export function isSitePage(start: string): boolean {
  return start.includes(mark);
}

/**
 * One HTML file that asks nobody for anything: its policy allows just its own script and style, by their hashes, and no connection.
 * The data are JSON in which no character can end an element; the script puts them into the page as texts.
 */
export function renderSiteHtml(title: string, { script, style }: PageCode, data: PageData): string {
  const policy = [
    "default-src 'none'",
    `script-src '${script.hash}'`,
    `style-src '${style.hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${mark}
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${style.text}</style>
</head>
<body>
<div id="page"><noscript><p>This page is drawn by a script that it holds itself; without scripts, <code>mainsheet trace</code> and <code>mainsheet explain</code> tell the same.</p></noscript></div>
${data.map(([id, value]) => `<script type="application/json" id="${id}">${inertJson(value)}</script>`).join('\n')}
<script>${script.text}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON that is the same to every parser and means nothing to HTML: '<' opens no element, and all else that is not ASCII is an escape. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
