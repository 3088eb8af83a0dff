/**
 * What Istio itself says: of the manifests that Mainsheet renders (this repository's environments, all golden cases, generated intents,
 * intents at the edge of what is allowed), of valid objects changed in one to three places, and of small meshes that its analysis looks at.
 * Wherever Istio and we differ is a bug, unless a list beside this file knows it.
 *
 *   node test/conformance/run.mjs [--seed N] [--count N] [--mutants N] [--only TEXT] [--json FILE] [--store]
 *
 * Needs dist/ (`make build`), Go for Istio's judgement and kubectl for Kustomize's; each is skipped by name where it is missing.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildJudge, hasGo, judges, newest } from './ask-judge.mjs';
import { bundleSources } from './bundle-sources.mjs';
import { checkKustomize, hasKubectl } from './check-kustomize.mjs';
import { collectCases } from './collect-cases.mjs';
import { compileCases } from './compile-cases.mjs';
import { judgeAnalysis } from './judge-analysis.mjs';
import { judgeCorpus, judgeMutants } from './judge-mutants.mjs';
import { judgeRenderings } from './judge-renderings.mjs';
import { byKey, report, say } from './report.mjs';
import { compareStored, storeVerdicts } from './store-verdicts.mjs';
import { uncoveredWords } from './uncovered-words.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '350' },
    mutants: { type: 'string', default: '10000' },
    only: { type: 'string' },
    json: { type: 'string' },
    store: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const whole = values.only === undefined;
/** The lists beside this file are of exactly these renderings. */
const isListed = whole && values.seed === '1' && values.count === '350';
const sources = await bundleSources();

const failed = values.store ? await store() : (await aboutRenderings()) + (whole ? await aboutObjects() : 0);
process.exitCode = failed === 0 ? 0 : 1;

async function aboutRenderings() {
  const cases = collectCases({ seed, count: Number(values.count) }).filter(({ name }) => name.includes(values.only ?? ''));
  const { today, older, refused, thrown } = await compileCases(cases);
  say(
    `rendered: ${today.length} environments in their own dialect, ${older.length} more in older ones; ${refused.length} refused by the compiler`,
  );
  for (const [code, list] of byKey(refused, ({ code: one }) => one)) say(`  refused ${String(list.length).padStart(4)} × ${code}`);
  let count = report(
    'the compiler failed on',
    thrown.map(({ name, message }) => ({ message, where: name })),
  );
  if (whole)
    count += report(
      'words of the intent language that no case uses',
      uncoveredWords(today).map((word) => ({ message: word, where: '' })),
    );
  if (!hasGo()) say('skipped: what Istio says of them: no Go');
  else {
    for (const judge of judges) say(`judge: ${buildJudge(judge)}`);
    const { failed: differences, verdicts } = await judgeRenderings({ today, older }, { cases, whole: isListed, sources });
    count += differences;
    if (values.json !== undefined) writeFileSync(values.json, verdicts.map((verdict) => `${JSON.stringify(verdict)}\n`).join(''));
  }
  if (!hasKubectl()) say('skipped: no kubectl');
  else {
    const { built, faults } = await checkKustomize(today);
    say(`kubectl kustomize: ${built} folders built`);
    count += report(
      'Kustomize does not yield what was rendered',
      faults.map(({ name, message }) => ({ message, where: name })),
    );
  }
  return count;
}

async function aboutObjects() {
  if (!hasGo()) {
    say('skipped: mutants and analysis: no Go');
    return 0;
  }
  let count = (await judgeAnalysis(sources)) + (await compareStored(sources)) + (await judgeCorpus(newest, sources));
  const listed = values.seed === '1' && values.mutants === '10000';
  for (const judge of judges) count += await judgeMutants(judge, { seed, count: Number(values.mutants), whole: listed, sources });
  return count;
}

async function store() {
  say(`judge: ${buildJudge(newest)}`);
  say(await storeVerdicts());
  return 0;
}
