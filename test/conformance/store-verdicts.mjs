import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askOfObjects, newest } from './ask-judge.mjs';
import { generateMutants } from './mutants/generate-mutants.mjs';
import { keyOf, refusalsOf } from './mutants/words.mjs';
import { report } from './report.mjs';

const file = join(import.meta.dirname, 'stored-verdicts.jsonl');
/** Other mutants than those of an ordinary run; the large ones would make a large file and say the same. */
const seed = 20_261_124;
const count = 1500;
const largest = 850;
/** Some checks of Istio's walk maps, and come to another end another time. */
const asked = 10;

/** Writes what the newest judge says of a fixed lot of objects, for machines that have no Go. */
export async function storeVerdicts() {
  const objects = generateMutants({ seed, count: 3 * count })
    .map(({ object }) => object)
    .filter((object) => JSON.stringify(object).length <= largest)
    .slice(0, count + 20);
  const verdicts = await steadyVerdictsOf(objects);
  const [, module] = /istio\.io\/istio (v\S+)/.exec(readFileSync(join(import.meta.dirname, 'judge/go.mod'), 'utf8')) ?? [];
  const head = { istio: `1.${newest.minor}`, module: `istio.io/istio ${module}` };
  writeFileSync(file, `${[head, ...verdicts].map((line) => JSON.stringify(line)).join('\n')}\n`);
  return `${verdicts.length} verdicts of ${newest.name} stored, ${verdicts.filter(({ refuses }) => refuses !== undefined).length} of them refusals`;
}

/** @returns how many of the stored verdicts the newest judge would not repeat. */
export async function compareStored({ readStoredVerdicts }) {
  const stored = readStoredVerdicts(import.meta.dirname);
  const fresh = await verdictsOf(stored.verdicts.map(({ object }) => object));
  const changed = stored.verdicts.filter(({ refuses }, index) => (refuses === undefined) !== (fresh[index].refuses === undefined));
  return report(
    'stored verdicts that Istio would not give any more: write them anew with --store',
    changed.map(({ object, refuses }) => ({ message: refuses ?? 'accepted', where: JSON.stringify(object) })),
  );
}

async function steadyVerdictsOf(objects) {
  const times = [];
  for (let time = 0; time < asked; time += 1) times.push(await verdictsOf(objects));
  const refused = (list, index) => list[index].refuses !== undefined;
  return times[0].filter((_, index) => times.every((list) => refused(list, index) === refused(times[0], index))).slice(0, count);
}

async function verdictsOf(objects) {
  const verdicts = await askOfObjects(newest, objects);
  return objects.map((object, index) => {
    const [first] = refusalsOf(verdicts[index]);
    return first === undefined ? { object } : { object, refuses: keyOf(first, object) };
  });
}
