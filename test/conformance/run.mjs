/**
 * What Istio itself says of the manifests that Mainsheet renders: of this repository's environments, of all golden cases, of
 * generated intents and of intents at the edge of what is allowed. Objects that Istio refuses are bugs of the compiler; those at the
 * edge that are known stand in known-gaps.txt.
 *
 *   node test/conformance/run.mjs [--seed N] [--count N] [--only TEXT] [--json FILE]
 *
 * Needs dist/ (`make build`), Go for Istio's judgement and kubectl for Kustomize's; each is skipped by name where it is missing.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ask, buildJudge, hasGo } from './ask-judge.mjs';
import { checkKustomize, hasKubectl } from './check-kustomize.mjs';
import { collectCases } from './collect-cases.mjs';
import { compileCases } from './compile-cases.mjs';
import { compareGaps } from './known-gaps.mjs';
import { uncoveredWords } from './uncovered-words.mjs';

/** Findings about what a cluster holds besides Istio's objects (pods, Secrets, port names); here it holds no more than the Services that intents name. */
const aboutTheCluster = /^IST(0118|0127|0149|0162|0173) |^IST0101 Referenced (selector|credentialName) not found/;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '350' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const say = (line = '') => process.stdout.write(`${line}\n`);

const cases = collectCases({ seed: Number(values.seed), count: Number(values.count) }).filter(({ name }) =>
  name.includes(values.only ?? ''),
);
const { today, older, refused, thrown } = await compileCases(cases);
say(
  `rendered: ${today.length} environments in their own dialect, ${older.length} more in older ones; ${refused.length} refused by the compiler`,
);
for (const [code, list] of byKey(refused, ({ code }) => code)) say(`  refused ${String(list.length).padStart(4)} × ${code}`);
let failed = report(
  'the compiler failed on',
  thrown.map(({ name, message }) => ({ message, where: name })),
);
if (values.only === undefined)
  failed += report(
    'words of the intent language that no case uses',
    uncoveredWords(today).map((word) => ({ message: word, where: '' })),
  );

if (!hasGo()) say('skipped: no Go');
else {
  say(`judge: ${buildJudge()}`);
  const verdicts = [...(await ask(today, { analysis: true })), ...(await ask(older, { analysis: false }))];
  const otherDomain = new Set(
    today.filter(({ compilation }) => compilation.loaded.environment.clusterDomain !== 'cluster.local').map(({ name }) => name),
  );
  const warned = new Set([...today, ...older].filter(({ compilation }) => compilation.diagnostics.length > 0).map(({ name }) => name));
  failed += reportVerdicts(verdicts, { warned, otherDomain });
  if (values.json !== undefined) writeFileSync(values.json, verdicts.map((verdict) => `${JSON.stringify(verdict)}\n`).join(''));
}
if (!hasKubectl()) say('skipped: no kubectl');
else {
  const { built, faults } = await checkKustomize(today);
  say(`kubectl kustomize: ${built} folders built`);
  failed += report(
    'Kustomize does not yield what was rendered',
    faults.map(({ name, message }) => ({ message, where: name })),
  );
}
process.exitCode = failed === 0 ? 0 : 1;

/** @returns how many errors there are; warnings and what only an older Istio knows are printed, not counted. */
function reportVerdicts(verdicts, { warned, otherDomain }) {
  const objects = verdicts.filter((verdict) => verdict.errors !== undefined);
  const title = ({ case: name, kind, namespace, name: object }) => `${name}: ${kind} ${namespace}/${object}`;
  const spread = (field) =>
    objects.flatMap((verdict) =>
      verdict[field].map((message) => ({
        message: withoutNames(message, verdict),
        where: title(verdict),
        case: verdict.case,
        old: verdict.old,
      })),
    );
  const removed = ({ old, message }) => old && /unknown (field|value)|unknown fields|Unsupported value/.test(message);
  const errors = [...spread('errors'), ...spread('admission').map((one) => ({ ...one, message: `CRD: ${one.message}` }))];
  say(`istio: ${objects.length} objects judged`);
  const refused = errors.filter((one) => !removed(one));
  const atTheEdge = ({ where }) => where.startsWith('edge: ');
  const count =
    report(
      'Istio refuses, of what people write',
      refused.filter((one) => !atTheEdge(one)),
    ) + reportGaps(refused.filter(atTheEdge));
  report('removed from Istio since (older dialects only)', errors.filter(removed));
  const warnings = spread('warnings').map((one) => ({ ...one, message: withoutRules(one.message) }));
  report(
    'Istio warns, and so does the compiler',
    warnings.filter((one) => warned.has(one.case)),
  );
  report(
    'Istio warns, and the compiler is silent',
    warnings.filter((one) => !warned.has(one.case)),
  );
  const analysis = verdicts
    // The validation's own findings (IST0106, IST0130, IST0131, IST0133) are counted above, object by object.
    .filter(({ code }) => code !== undefined && !/^IST01(06|30|31|33)$/.test(code))
    .filter(({ code, message }) => !aboutTheCluster.test(`${code} ${message}`))
    // Analyzers know no other domain (a regex in pkg/config/analysis); with one they find no host.
    .filter(({ case: name }) => !otherDomain.has(name))
    .map(({ code, message, level, case: name, resource }) => ({
      message: `${code} ${withoutObjects(message)}`,
      level,
      where: `${name}: ${resource}`,
    }));
  for (const level of ['Error', 'Warning', 'Info'])
    report(
      `istioctl analyze finds: ${level}`,
      analysis.filter((one) => one.level === level),
    );
  return count;
}

/** @returns how many cases known-gaps.txt lacks, and how many of its lines hold no longer. */
function reportGaps(refused) {
  const names = new Set(refused.map((one) => one.case));
  const gaps = compareGaps({ refused: names, cases: new Set(cases.map(({ name }) => name)), whole: values.only === undefined });
  say(`at the edge: ${names.size} cases that Istio refuses and the compiler does not yet`);
  return (
    report(
      'Istio refuses at the edge, and known-gaps.txt does not name it',
      refused.filter((one) => gaps.fresh.includes(one.case)),
    ) +
    report(
      'known-gaps.txt names what is no gap any more: delete the line',
      gaps.stale.map((name) => ({ message: name, where: '' })),
    )
  );
}

function withoutNames(message, { kind, namespace, name }) {
  return message.replace(`${kind}/${name}/${namespace}: `, '').replaceAll(`${namespace}/${name}`, '<object>');
}

/** What the analysis says of single objects, for a count. */
function withoutObjects(message) {
  return message
    .replaceAll(/\b(DestinationRule |gateways |Gateway |virtual service |VirtualService )[\w./-]+/g, '$1…')
    .replaceAll(/namespace [\w-]+/g, 'namespace …')
    .replaceAll(/host:? \S+( at port number:\d+)?/g, 'host …')
    .replaceAll(/port \d+, hosts [^)]*/g, 'port …')
    .replaceAll(/selector [^,)]+/g, 'selector …')
    .replaceAll(/\[[^\]]*\]/g, '[…]');
}

/** Istio names routes by number or name; for a count they are all one. */
function withoutRules(message) {
  return message
    .replaceAll(/rule ("[^"]*"|#\d+)/g, 'rule …')
    .replaceAll(/match #\d+/g, 'match …')
    .replaceAll(/prefix \S+/g, 'prefix …');
}

function report(title, items) {
  if (items.length === 0) return 0;
  say(`\n${title}: ${items.length}`);
  for (const [message, list] of byKey(items, ({ message: text }) => text))
    say(`  ${String(list.length).padStart(4)} × ${message}\n         ${list[0].where}`);
  return items.length;
}

/** Groups, the largest first. */
function byKey(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}
