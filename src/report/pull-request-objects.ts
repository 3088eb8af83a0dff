import type { PullRequestStory, StoryFile } from '../model/pull-request-story.ts';
import type { Change } from '../model/traffic-diff.ts';
import { type ComparisonSettings, objectSummary, printed } from './comparison-text.ts';
import type { FittedBlock } from './fitted-blocks.ts';
import { codeText, fencedText, htmlCode, proseText } from './markdown-text.ts';
import { mostRows, ranks } from './pull-request-ranks.ts';
import { unifiedDiff } from './unified-diff.ts';
import { visibleText } from './visible-text.ts';

const order: Readonly<Record<Change['action'], number>> = { delete: 0, create: 1, update: 2, unchanged: 3 };
const words: Readonly<Record<Change['action'], string>> = {
  delete: '**deleted**',
  create: 'added',
  update: 'changed',
  unchanged: 'unchanged',
};

interface PlacedObject {
  readonly environment: string;
  readonly change: Change;
}

/** Objects that are added, changed or deleted, deletions first, and the intents behind them. */
export function objectBlocks(story: PullRequestStory): readonly FittedBlock[] {
  const { environments, inputs, commands } = story;
  const summaries = environments.map(
    ({ name, comparison }) => `${codeText(name)}: ${objectSummary(comparison.changes).replace(/^Objects: /, '')}`,
  );
  const assumptions = [...new Set(environments.flatMap(({ comparison }) => comparison.assumptions))];
  const objects = changedObjects(story);
  const deletions = objects.filter(isDeletion).length;
  return [
    ['## Objects', '', ...summaries.map((line) => `- ${line}`), ''],
    {
      head: [],
      items: objects.map(({ environment, change }) => [
        `- ${words[change.action]} ${codeText(change.id)}${environments.length === 1 ? '' : ` in ${codeText(environment)}`}`,
      ]),
      tail: [''],
      rank: (index) => (index < deletions ? ranks.deletions : index < deletions + mostRows ? ranks.objects : ranks.rest),
      more: (count) => [`… and ${count} more objects: ${codeText(commands.more, 1000)}`, ''],
    },
    {
      head: ['Inputs:', ''],
      items: inputs.map((file) => [`- ${fileWords(file)}`]),
      tail: [''],
      rank: ranks.inputs,
      more: (count) => [`… and ${count} more inputs`, ''],
    },
    {
      head: ['<details><summary>What the input does not tell</summary>', ''],
      items: assumptions.map((one) => [`- ${proseText(one)}`]),
      tail: ['', '</details>', ''],
      rank: ranks.background,
      more: (count) => [`… and ${count} more assumptions`, ''],
    },
  ];
}

/** Each object's difference, folded; an object whose difference does not fit is left out whole. */
export function manifestBlocks(story: PullRequestStory, { print }: Pick<ComparisonSettings, 'print'>): readonly FittedBlock[] {
  const { environments, commands, renderedElsewhere } = story;
  const objects = changedObjects(story);
  if (objects.length === 0) return [];
  const where = renderedElsewhere === undefined ? [] : [`Rendered to ${codeText(renderedElsewhere)} after the merge.`, ''];
  return [
    {
      head: ['## Manifests', '', ...where],
      items: objects.map(({ environment, change }) => {
        const title = `${change.action} ${htmlCode(change.id)}${environments.length === 1 ? '' : ` in ${htmlCode(environment)}`}`;
        const lines = unifiedDiff(printed(change.before, print), printed(change.after, print)).map(visibleText);
        return [`<details><summary>${title}</summary>`, '', ...fencedText('diff', lines), '', '</details>', ''];
      }),
      tail: [],
      rank: ranks.differences,
      more: (count) => [
        `… and the differences of ${count} more ${count === 1 ? 'object' : 'objects'}: ${codeText(commands.more, 1000)}`,
        '',
      ],
    },
  ];
}

function changedObjects({ environments }: PullRequestStory): readonly PlacedObject[] {
  return environments
    .flatMap(({ name, comparison }) => comparison.changes.map((change) => ({ environment: name, change })))
    .filter(({ change }) => change.action !== 'unchanged')
    .toSorted((a, b) => order[a.change.action] - order[b.change.action]);
}

function isDeletion({ change }: PlacedObject): boolean {
  return change.action === 'delete';
}

function fileWords({ path, action }: StoryFile): string {
  return `${words[action]} ${codeText(path)}`;
}
