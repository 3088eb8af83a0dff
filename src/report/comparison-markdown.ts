import { listWords } from '../model/names.ts';
import type { Change, TrafficChange, TrafficDiff } from '../model/traffic-diff.ts';
import { type ComparisonSettings, type NamedComparison, noChange, objectSummary, printed } from './comparison-text.ts';
import { changeWords, placeTitle, policyWords, reachabilityWords, shiftWords } from './outcome-words.ts';
import { requestLine } from './request-words.ts';
import { unifiedDiff } from './unified-diff.ts';
import { visibleJson, visibleText } from './visible-text.ts';

/** The same for a pull request: tables for requests, objects folded away. */
export function renderComparisonMarkdown(compared: NamedComparison, settings: ComparisonSettings): string {
  const { title, before, after, comparison } = compared;
  const { traffic, changes, formatting, namespaces, notSimulated, assumptions } = comparison;
  const changed = changes.filter(({ action }) => action !== 'unchanged');
  return [
    `## ${cell(title)}`,
    '',
    `${code(before)} → ${code(after)}${namespaces === undefined ? '' : `, namespace ${code(namespaces.before)} taken for ${code(namespaces.after)}`}`,
    '',
    ...(traffic.length === 0 ? [`**${noChange(comparison)}**`, ''] : traffic.flatMap(trafficLines)),
    ...(notSimulated.length === 0
      ? []
      : [`**Not simulated**: ${listWords(notSimulated.map(code))}; what they do to requests is not told above.`, '']),
    `**${objectSummary(changes)}**`,
    '',
    ...changed.flatMap((change) => changeLines(change, settings)),
    ...(formatting.length === 0 ? [] : [`Formatting only: ${formatting.map(code).join(', ')}`, '']),
    ...(assumptions.length === 0
      ? []
      : [
          '<details><summary>What the input does not tell</summary>',
          '',
          ...assumptions.map((one) => `- ${cell(one)}`),
          '',
          '</details>',
          '',
        ]),
  ].join('\n');
}

function trafficLines(diff: TrafficDiff): readonly string[] {
  return [
    `### ${cell(placeTitle(diff))}`,
    '',
    '| requests | before | after | moves | also | by |',
    '|---|---|---|---|---|---|',
    ...diff.classes.map((one) => row(one, diff.host)),
    '',
  ];
}

function row(one: TrafficChange, host: string): string {
  const lost = reachabilityWords(one);
  const also = [...(lost === undefined ? [] : [`**${lost}**`]), ...one.policies.map((policy) => cell(policyWords(policy, host)))];
  const causes = one.causes.map(({ manifest, owner, at }) =>
    cell([owner ?? manifest, ...(at === undefined ? [] : [`${at.file}:${at.line}`])].join(', ')),
  );
  const witness =
    one.witness.kind === 'confirmed' ? `<br>${code(requestLine(one.witness.request))}` : `<br>undecided: ${cell(one.witness.because)}`;
  const cells = [
    `${one.requests.map(cell).join('<br>')}${witness}`,
    ...changeWords(one, host).map(cell),
    cell(shiftWords(one)),
    also.join('<br>'),
    causes.join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function changeLines(change: Change, { patch, print }: ComparisonSettings): readonly string[] {
  const title = `${change.action} ${code(change.id)}`;
  if (patch === undefined) return [`- ${title}`];
  const [language, text] =
    patch === 'rfc6902'
      ? ['json', visibleJson(change.operations)]
      : ['diff', unifiedDiff(printed(change.before, print), printed(change.after, print)).map(visibleText).join('\n')];
  const fence = fenceFor(text);
  return [`<details><summary>${change.action} ${cell(change.id)}</summary>`, '', `${fence}${language}`, text, fence, '', '</details>', ''];
}

/** Longer than any fence in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  return '`'.repeat(Math.max(3, longest + 1));
}

/** A text in which Markdown and HTML see nothing but text. */
function cell(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_|~[\]]/g, (letter) => `\\${letter}`);
}

function code(text: string): string {
  const fence = fenceFor(text).slice(text.includes('`') ? 0 : 2);
  const pad = text.includes('`') ? ' ' : '';
  return `${fence}${pad}${visibleText(text).replaceAll('|', '\\|')}${pad}${fence}`;
}
