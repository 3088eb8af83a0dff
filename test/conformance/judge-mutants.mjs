import { askOfObjects } from './ask-judge.mjs';
import { findDisagreements } from './mutants/disagreements.mjs';
import { generateMutants, readCorpus } from './mutants/generate-mutants.mjs';
import { uncoveredFields } from './mutants/uncovered-fields.mjs';
import { refusalsOf } from './mutants/words.mjs';
import { report, say } from './report.mjs';
import { compareWithList } from './shrinking-list.mjs';

const gaps = 'mutants/known-gaps.txt';
const silences = 'mutants/known-silences.txt';

/**
 * Single objects that differ from valid ones in one to three places, by a judge and by us.
 * @param {object} judge
 * @param {{seed: number, count: number, whole: boolean, sources: object}} run whole: the lists are of exactly these mutants
 * @returns how many differences there are that no list knows, and lines of the lists that hold no longer
 */
export async function judgeMutants(judge, { seed, count, whole, sources }) {
  const { ourVerdict, stricterChoice, provenFalse } = sources;
  const judges = { judge, ourVerdict, stricterChoice, provenFalse };
  const { refused, warned, differences, stricter, proofs } = await findDisagreements(judges, generateMutants({ seed, count }));
  say(`\nmutants, by ${judge.name}: ${count} judged; ${refused} refused, ${warned} warned of; ${differences.length} kinds of difference`);
  for (const [why, times] of stricter) say(`  stricter on purpose ${String(times).padStart(4)} × ${why}`);
  if (proofs.length > 0) say(`  Istio warns, and a request proves it wrong: ${proofs.length}, such as ${proofs[0]}`);
  const of = (side) => differences.filter((one) => one.side === side).sort((a, b) => b.count - a.count);
  const lineOf = ({ kind, key }) => `1.${judge.minor} ${kind}: ${key}`;
  const against = (list, file, what) => {
    const looked = (line) => whole && line.startsWith(`1.${judge.minor} `);
    const { fresh, stale } = compareWithList(file, { found: new Set(list.map(lineOf)), looked });
    const known = list.filter((one) => !fresh.includes(lineOf(one)));
    if (known.length > 0) say(`  ${what}, and ${file} knows: ${known.length}`);
    return (
      show(
        `${what}, and ${file} does not know`,
        list.filter((one) => fresh.includes(lineOf(one))),
      ) +
      report(
        `${file} names what holds no longer: delete the line`,
        stale.map((line) => ({ message: line, where: '' })),
      )
    );
  };
  return (
    show('We refuse, Istio accepts, and mutants/stricter.ts does not say why', of('we refuse')) +
    against(of('istio refuses'), gaps, 'Istio refuses, we accept') +
    against(of('istio warns'), silences, 'Istio warns, we are silent')
  );
}

/** Differences, each with its smallest object. */
function show(title, differences) {
  if (differences.length === 0) return 0;
  say(`\n${title}: ${differences.length}`);
  for (const { kind, count, said, object } of differences) {
    say(`  ${String(count).padStart(4)} × ${kind}: ${said.slice(0, 3).join('\n         and ')}`);
    say(`         ${briefly(object)}`);
  }
  return differences.length;
}

function briefly(object) {
  const text = JSON.stringify(object);
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

/**
 * The valid objects that mutants are made of: together they use every field, and nobody refuses one.
 * @returns how many fields they lack, and how many are not valid
 */
export async function judgeCorpus(judge, { ourVerdict }) {
  const corpus = readCorpus();
  const objects = [...corpus.values()].flat();
  const verdicts = await askOfObjects(judge, objects);
  const refused = objects.flatMap((object, index) => {
    const words = [
      ...refusalsOf(verdicts[index]),
      ...ourVerdict(object, judge.minor).errors.map(({ code, message }) => `${code} ${message}`),
    ];
    return words.map((message) => ({ message, where: `${object.kind} ${object.metadata.name}` }));
  });
  const fields = uncoveredFields(corpus).map((field) => ({ message: field, where: '' }));
  return report('valid objects that are refused', refused) + report('fields of the schemas that no valid object uses', fields);
}
