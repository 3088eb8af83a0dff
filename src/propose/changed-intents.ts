import { intentTitle } from '../model/intent.ts';
import { sameJson } from '../model/json.ts';
import type { RepoPath } from '../model/source.ts';
import type { ChangedIntent } from './change-title.ts';
import type { EnvironmentSides } from './changed-inputs.ts';

/** The intents in some files that say something else afterwards, each as the first environment has it. */
export function changedIntents(sides: readonly EnvironmentSides[], paths: readonly RepoPath[]): readonly ChangedIntent[] {
  const changed = new Map<string, ChangedIntent>();
  for (const { before, after } of sides) {
    const [old, young] = [before, after].map((side) => new Map(side?.intents.map((intent) => [intentTitle(intent), intent])));
    for (const title of [...(young?.keys() ?? []), ...(old?.keys() ?? [])]) {
      const [was, is] = [old?.get(title), young?.get(title)];
      const isHere = [was, is].some((intent) => intent?.layers.some(({ file }) => paths.includes(file)));
      if (!isHere || changed.has(title) || sameJson(was?.value, is?.value)) continue;
      changed.set(title, { title, ...(was === undefined ? {} : { before: was.value }), ...(is === undefined ? {} : { after: is.value }) });
    }
  }
  return [...changed.values()];
}
