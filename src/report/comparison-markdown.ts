import { listWords } from '../model/names.ts';
import type { Change, TrafficChange, TrafficDiff } from '../model/traffic-diff.ts';
import { type ComparisonSettings, type NamedComparison, noChange, objectSummary, printed } from './comparison-text.ts';
import { codeText, fencedText, htmlCode, proseText } from './markdown-text.ts';
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
    `## ${proseText(title)}`,
    '',
    `${codeText(before)} → ${codeText(after)}${namespaces === undefined ? '' : `, namespace ${codeText(namespaces.before)} taken for ${codeText(namespaces.after)}`}`,
    '',
    ...(traffic.length === 0 ? [`**${noChange(comparison)}**`, ''] : traffic.flatMap(trafficLines)),
    ...(notSimulated.length === 0
      ? []
      : [`**Not simulated**: ${listWords(notSimulated.map((one) => codeText(one)))}; what they do to requests is not told above.`, '']),
    `**${objectSummary(changes)}**`,
    '',
    ...changed.flatMap((change) => changeLines(change, settings)),
    ...(formatting.length === 0 ? [] : [`Formatting only: ${formatting.map((one) => codeText(one)).join(', ')}`, '']),
    ...(assumptions.length === 0
      ? []
      : [
          '<details><summary>What the input does not tell</summary>',
          '',
          ...assumptions.map((one) => `- ${proseText(one)}`),
          '',
          '</details>',
          '',
        ]),
  ].join('\n');
}

function trafficLines(diff: TrafficDiff): readonly string[] {
  return [
    `### ${proseText(placeTitle(diff))}`,
    '',
    '| requests | before | after | moves | also | by |',
    '|---|---|---|---|---|---|',
    ...diff.classes.map((one) => row(one, diff.host)),
    '',
  ];
}

function row(one: TrafficChange, host: string): string {
  const lost = reachabilityWords(one);
  const also = [...(lost === undefined ? [] : [`**${lost}**`]), ...one.policies.map((policy) => proseText(policyWords(policy, host)))];
  const causes = one.causes.map(({ manifest, owner, at }) =>
    proseText([owner ?? manifest, ...(at === undefined ? [] : [`${at.file}:${at.line}`])].join(', ')),
  );
  const witness =
    one.witness.kind === 'confirmed'
      ? `<br>${codeText(requestLine(one.witness.request))}`
      : `<br>undecided: ${proseText(one.witness.because)}`;
  const cells = [
    `${one.requests.map((one) => proseText(one)).join('<br>')}${witness}`,
    ...changeWords(one, host).map((one) => proseText(one)),
    proseText(shiftWords(one)),
    also.join('<br>'),
    causes.join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function changeLines(change: Change, { patch, print }: ComparisonSettings): readonly string[] {
  const title = `${change.action} ${codeText(change.id)}`;
  if (patch === undefined) return [`- ${title}`];
  const [language, text] =
    patch === 'rfc6902'
      ? ['json', visibleJson(change.operations)]
      : ['diff', unifiedDiff(printed(change.before, print), printed(change.after, print)).map(visibleText).join('\n')];
  return [
    `<details><summary>${change.action} ${htmlCode(change.id)}</summary>`,
    '',
    ...fencedText(language, text.split('\n')),
    '',
    '</details>',
    '',
  ];
}
