import { stringify } from 'yaml';
import { askOfText, newest } from './ask-judge.mjs';
import { clusterAround } from './cluster-around.mjs';
import { report, say } from './report.mjs';
import { compareWithList } from './shrinking-list.mjs';

/** Findings about what a cluster holds besides Istio's objects (pods, Secrets, port names); here it holds no more than the Services that intents name. */
const aboutTheCluster = /^IST(0118|0127|0149|0162|0173) |^IST0101 Referenced (selector|credentialName) not found/;

/**
 * What Istio says of rendered environments.
 * @param {{today: object[], older: object[]}} compiled
 * @param {{cases: {name: string}[], whole: boolean, sources: object}} run
 * @returns how many failures there are, and every verdict
 */
export async function judgeRenderings({ today, older }, { cases, whole, sources }) {
  const verdicts = [...(await ask(today, { analysis: true })), ...(await ask(older, { analysis: false }))];
  const objects = verdicts.filter((verdict) => verdict.errors !== undefined);
  say(`istio: ${objects.length} objects judged`);
  const environments = new Map([...today, ...older].map((one) => [one.name, one]));
  const failed = reportErrors(objects, { cases, whole }) + reportWarnings(objects, { environments, whole, sources });
  reportAnalysis(verdicts, today);
  return { failed, verdicts };
}

/** The newest judge's lines for compiled environments, each with `old` of its environment. */
async function ask(environments, { analysis }) {
  if (environments.length === 0) return [];
  const old = new Map(environments.map((one) => [one.name, one.old]));
  const text = environments.map(({ name, compilation }) => streamOf(name, compilation, analysis)).join('---\n');
  const lines = await askOfText(newest, text, { analysis });
  return lines.map((verdict) => ({ ...verdict, old: old.get(verdict.case) }));
}

/** The rendered files as they will be applied, without Kustomize's own. */
function streamOf(name, compilation, analysis) {
  const cluster = analysis ? clusterAround(compilation).map((object) => stringify(object)) : [];
  return [`# case: ${name}\n`, ...manifestsOf(compilation).values(), ...cluster].join('---\n');
}

function manifestsOf({ files }) {
  return new Map([...files].filter(([path]) => !path.endsWith('kustomization.yaml')));
}

function reportErrors(objects, { cases, whole }) {
  const removed = ({ old, message }) => old && /unknown (field|value)|unknown fields|Unsupported value/.test(message);
  const errors = [...spread(objects, 'errors'), ...spread(objects, 'admission').map((one) => ({ ...one, message: `CRD: ${one.message}` }))];
  const refused = errors.filter((one) => !removed(one));
  const atTheEdge = ({ where }) => where.startsWith('edge: ');
  const failed =
    report(
      'Istio refuses, of what people write',
      refused.filter((one) => !atTheEdge(one)),
    ) + reportGaps(refused.filter(atTheEdge), { cases, whole });
  report('removed from Istio since (older dialects only)', errors.filter(removed));
  return failed;
}

/** @returns how many cases known-gaps.txt lacks, and how many of its lines hold no longer. */
function reportGaps(refused, { cases, whole }) {
  const found = new Set(refused.map((one) => one.case));
  const names = new Set(cases.map(({ name }) => name));
  const gaps = compareWithList('known-gaps.txt', { found, looked: (name) => whole || names.has(name) });
  say(`at the edge: ${found.size} cases that Istio refuses and the compiler does not yet`);
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

/** @returns how many warnings of Istio there are about objects of which we say nothing and no list knows, and lines that hold no longer. */
function reportWarnings(objects, { environments, whole, sources }) {
  const heard = new Map();
  const ourFindings = (name) => {
    const { compilation } = environments.get(name);
    if (!heard.has(name)) heard.set(name, sources.findingsOn(manifestsOf(compilation), compilation));
    return heard.get(name);
  };
  const bodies = new Map();
  const bodyOf = ({ case: name, title }) => {
    if (!bodies.has(name)) bodies.set(name, sources.objectsByTitle(manifestsOf(environments.get(name).compilation)));
    return bodies.get(name).get(title);
  };
  const warnings = spread(objects, 'warnings');
  const shown = (list) => list.map((one) => ({ ...one, message: withoutRules(one.message) }));
  const alone = warnings.filter((one) => !ourFindings(one.case).has(one.title));
  report('Istio warns, and so do we of the same object', shown(warnings.filter((one) => ourFindings(one.case).has(one.title))));
  const proven = alone.flatMap((one) => {
    const request = sources.provenFalse(bodyOf(one), one.message, newest.minor);
    return request === undefined ? [] : [{ ...one, line: `${one.where}: ${one.message} | ${request}` }];
  });
  const silent = alone.filter((one) => !proven.some(({ where, message }) => where === one.where && message === one.message));
  return (
    against('false-warnings.txt', 'Istio warns, and a request proves it wrong', proven, whole) +
    against(
      'known-silences.txt',
      'Istio warns, and we are silent about the object',
      silent.map((one) => ({ ...one, line: `${one.where}: ${one.message}` })),
      whole,
    )
  );
}

function against(file, title, list, whole) {
  const { fresh, stale } = compareWithList(file, { found: new Set(list.map(({ line }) => line)), looked: () => whole });
  if (list.length > 0) say(`${title}: ${list.length}, of which ${file} knows ${list.length - fresh.length}`);
  return (
    report(
      `${title}, and ${file} does not know`,
      fresh.map((line) => ({ message: line, where: '' })),
    ) +
    report(
      `${file} names what holds no longer: delete the line`,
      stale.map((line) => ({ message: line, where: '' })),
    )
  );
}

function reportAnalysis(verdicts, today) {
  const otherDomain = new Set(
    today.filter(({ compilation }) => compilation.loaded.environment.clusterDomain !== 'cluster.local').map(({ name }) => name),
  );
  const analysis = verdicts
    // The validation's own findings (IST0106, IST0130, IST0131, IST0133) are counted object by object.
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
}

/** One item for each message of each object. */
function spread(objects, field) {
  return objects.flatMap((verdict) => {
    const { case: name, kind, namespace, name: object, old } = verdict;
    const title = `${kind} ${namespace}/${object}`;
    return verdict[field].map((message) => ({
      message: withoutNames(message, verdict),
      where: `${name}: ${title}`,
      case: name,
      title,
      old,
    }));
  });
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
