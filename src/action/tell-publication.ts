import { type Json, listOr, objectOr } from '../model/json.ts';
import { codeText, proseText } from '../report/markdown-text.ts';
import { visibleText } from '../report/visible-text.ts';
import type { ToldAnswer } from './told-answer.ts';
import { textOf } from './told-run.ts';

const words: Readonly<Record<string, string>> = {
  published: 'published',
  'would-publish': 'would be published',
  unchanged: 'up to date',
  newer: 'a newer commit is published already',
};

/** Branches of rendered output: what `publish --format json` says. */
export function tellPublication(answer: Json): ToldAnswer {
  const branches = listOr(objectOr(answer).branches).map((one) => {
    const { branch, environments, outcome, changed, commit } = objectOr(one);
    return {
      ...{ branch: textOf(branch), environments: listOr(environments).map(textOf), outcome: textOf(outcome), commit: textOf(commit) },
      changed: typeof changed === 'number' ? changed : 0,
    };
  });
  const published = branches.filter(({ outcome }) => outcome === 'published');
  const changing = branches.filter(({ changed }) => changed > 0);
  const to = (count: number) => `${count} branch${count === 1 ? '' : 'es'}`;
  return {
    headline:
      published.length > 0
        ? `${to(published.length)} published`
        : changing.length > 0
          ? `${to(changing.length)} would be published`
          : 'nothing to publish',
    lines: [
      ...['| branch | environments | outcome | files | commit |', '|---|---|---|---|---|'],
      ...branches.map(
        ({ branch, environments, outcome, changed, commit }) =>
          `| ${codeText(branch)} | ${environments.map((one) => proseText(one)).join(', ')} | ${proseText(words[outcome] ?? outcome)} | ${changed} | ${commit === '' ? '' : codeText(commit.slice(0, 12))} |`,
      ),
      '',
    ],
    log: branches
      .map(({ branch, outcome, changed }) => `${visibleText(`${branch}: ${words[outcome] ?? outcome}, files: ${changed}`)}\n`)
      .join(''),
    failures: [],
    outputs: { changed: String(published.length > 0) },
  };
}
