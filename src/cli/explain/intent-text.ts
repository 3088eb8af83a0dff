import { explainIntent, findIntents, nearIntents } from '../../explain/explain-intent.ts';
import { intentTitle } from '../../model/intent.ts';
import { listWords } from '../../model/names.ts';
import { renderIntentExplanation } from '../../report/explanation-text.ts';
import type { Compiled } from '../compiler.ts';
import { placeDescriber } from '../describe-place.ts';
import { usageError } from '../usage-error.ts';
import type { Inputs, Workspace } from '../workspace.ts';

/** The explanation of one intent; undefined when the environment could not be read. A name that fits none or two is a usage error. */
export function intentText({ tree }: Workspace, { compiler }: Inputs, { loaded }: Compiled, name: string): string | undefined {
  if (loaded === undefined) return undefined;
  const [intent, ...others] = findIntents(loaded.intents, name);
  if (intent === undefined) throw usageError(`${loaded.environment.name} has no intent "${name}"`, nearIntents(loaded.intents, name));
  if (others.length > 0) {
    const titles = [intent, ...others].map(intentTitle);
    throw usageError(`"${name}" may mean ${listWords(titles, 'or')}`, [
      `say which: ${titles.map((title) => title.replace(' ', '/')).join(', ')}`,
    ]);
  }
  return renderIntentExplanation(explainIntent(loaded.environment, intent), placeDescriber(tree, compiler));
}
