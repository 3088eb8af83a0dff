import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { intentTitle } from '../model/intent.ts';
import { type Json, type JsonObject, sameJson } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import { joinPointer, valueAt } from '../model/pointer.ts';
import type { ReadBack, ReadSource } from '../model/read-back.ts';
import { type Evidence, relatedTo } from './evidence.ts';
import { labelsMeant, policyMeant, portLosesHostBlocks, withoutDefaults, withoutHostBlocks } from './policy-meant.ts';
import type { MeantPort } from './ports-meant.ts';
import { policyIsWhatIntentSays } from './prove-diagnostics.ts';
import { type Party, placeOf, type Word, withHost } from './world.ts';

/** One word on which a destination differs. */
interface Fault {
  readonly destination: string;
  readonly what: string;
  readonly meant: Json | undefined;
  readonly does: Json | undefined;
  readonly word: Word;
  readonly source: ReadSource | undefined;
}

/** Labels of every version, and the policy of every version and of none on every port. What differs alike in several places is said once. */
export function provePolicies(
  party: Party,
  readBack: ReadBack,
  templateLine: Evidence['templateLine'],
  minor: number,
): readonly Diagnostic[] {
  const versions: readonly (string | undefined)[] = [undefined, ...Object.keys(party.words.versions ?? {})];
  const ports: readonly (MeantPort | undefined)[] = party.ports.length === 0 ? [undefined] : party.ports;
  const faults: Fault[] = [];
  for (const host of party.hosts) {
    const one = withHost(party, host);
    for (const version of versions) for (const port of ports) faults.push(...faultsOf(one, version, port, readBack, minor));
  }
  return grouped(faults).map(([first, ...more]) => {
    const { what, meant, does, word, source } = first;
    const params = { name: intentTitle(party.intent), destination: first.destination, what, meant: spelled(meant), does: spelled(does) };
    const hints = more.length === 0 ? [] : [`the same holds for ${listWords(more.map(({ destination }) => destination))}`];
    return diagnose(policyIsWhatIntentSays, { params, at: placeOf(word), related: relatedTo(source, templateLine), hints });
  });
}

type Group = readonly [Fault, ...Fault[]];

function grouped(faults: readonly Fault[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const fault of faults) {
    const { what, meant = null, does = null } = fault;
    const key = JSON.stringify([what, meant, does]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? [fault] : [...known, fault]);
  }
  return [...groups.values()];
}

function faultsOf(
  party: Party,
  version: string | undefined,
  port: MeantPort | undefined,
  readBack: ReadBack,
  minor: number,
): readonly Fault[] {
  const { intent } = party;
  const does = readBack.destination(party.host, version, port?.number ?? 80, party.client);
  const of = version === undefined ? party.written : `${version} of ${party.written}`;
  const destination = port === undefined || party.ports.length === 1 ? of : `${of} on port ${port.number}`;
  if (version !== undefined) {
    const labels = labelsMeant(party, version);
    const word: Word = { intent, pointer: joinPointer('/versions', version), part: 'key' };
    if (!sameJson(labels, does.labels))
      return [{ destination, what: 'the labels', meant: labels, does: does.labels, word, source: does.sourceOf(`${does.pointer}/labels`) }];
  }
  const compared = portLosesHostBlocks(party, version, port) ? withoutHostBlocks : (policy: JsonObject) => policy;
  const meant = compared(withoutDefaults(policyMeant(party, version, port), minor));
  const said = compared(withoutDefaults(does.policy, minor));
  const blocks = [...new Set([...Object.keys(meant), ...Object.keys(said)])].filter((block) => !sameJson(meant[block], said[block]));
  return blocks.map((block) => ({
    destination,
    what: `\`${block}\``,
    meant: meant[block],
    does: said[block],
    word: wordOf(party, version, port, block),
    source: does.sourceOf(`${does.pointer}/trafficPolicy`),
  }));
}

/** Whoever speaks of the block most closely. */
function wordOf({ intent }: Party, version: string | undefined, port: MeantPort | undefined, block: string): Word {
  const ofVersion = version === undefined ? undefined : joinPointer('/versions', version);
  const ofPort = port === undefined ? undefined : joinPointer('/ports', port.key);
  const places = [...(ofVersion === undefined || ofPort === undefined ? [] : [ofVersion + ofPort]), ofVersion, ofPort, ''];
  const said = places.find((place) => place !== undefined && valueAt(intent.value, `${place}/${block}`) !== undefined);
  return said === undefined ? { intent, pointer: ofVersion ?? `/${intent.kind}`, part: 'key' } : { intent, pointer: `${said}/${block}` };
}

function spelled(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
