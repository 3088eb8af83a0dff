import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { intentTitle } from '../model/intent.ts';
import { type Json, type JsonObject, sameJson } from '../model/json.ts';
import { joinPointer } from '../model/pointer.ts';
import type { ReadBack } from '../model/read-back.ts';
import { policyIsWhatIntentSays } from './prove-diagnostics.ts';
import { labelsMeant, policyMeant, portLosesHostBlocks, withoutDefaults, withoutHostBlocks } from './policy-meant.ts';
import type { MeantPort } from './ports-meant.ts';
import { type Evidence, relatedTo } from './prove.ts';
import { type Party, placeOf, type Word, withHost } from './world.ts';

/** Labels of every version, and the policy of every version and of none on every port. */
export function provePolicies(party: Party, readBack: ReadBack, templateLine: Evidence['templateLine'], minor: number): readonly Diagnostic[] {
  const versions: readonly (string | undefined)[] = [undefined, ...Object.keys(party.words.versions ?? {})];
  const ports: readonly (MeantPort | undefined)[] = party.ports.length === 0 ? [undefined] : party.ports;
  return party.hosts.flatMap((host) => {
    const one = withHost(party, host);
    return versions.flatMap((version) => ports.flatMap((port) => proveOne(one, version, port, readBack, templateLine, minor)));
  });
}

function proveOne(
  party: Party,
  version: string | undefined,
  port: MeantPort | undefined,
  readBack: ReadBack,
  templateLine: Evidence['templateLine'],
  minor: number,
): readonly Diagnostic[] {
  const does = readBack.destination(party.host, version, port?.number ?? 80, party.client);
  const told = `${version === undefined ? party.written : `${version} of ${party.written}`}${port === undefined ? '' : ` on port ${port.number}`}`;
  const report = (what: string, meant: Json | undefined, said: Json | undefined, word: Word, place: string): Diagnostic => {
    const params = { name: intentTitle(party.intent), destination: told, what, meant: spelled(meant), does: spelled(said) };
    return diagnose(policyIsWhatIntentSays, { params, at: placeOf(word), related: relatedTo(does.sourceOf(place), templateLine) });
  };
  if (version !== undefined) {
    const labels = labelsMeant(party, version);
    const word: Word = { intent: party.intent, pointer: joinPointer('/versions', version), part: 'key' };
    if (!sameJson(labels, does.labels)) return [report('the labels', labels, does.labels, word, '/subsets')];
  }
  const compared = portLosesHostBlocks(party, version, port) ? withoutHostBlocks : (policy: JsonObject) => policy;
  const meant = compared(withoutDefaults(policyMeant(party, version, port), minor));
  const said = compared(withoutDefaults(does.policy, minor));
  const blocks = [...new Set([...Object.keys(meant), ...Object.keys(said)])].filter((block) => !sameJson(meant[block], said[block]));
  const [block] = blocks;
  return block === undefined ? [] : [report(`\`${block}\``, meant[block], said[block], wordOf(party, version, port, block), placeIn(version))];
}

function placeIn(version: string | undefined): string {
  return version === undefined ? '/trafficPolicy' : '/subsets';
}

/** Whoever speaks of the block most closely. */
function wordOf({ intent, words }: Party, version: string | undefined, port: MeantPort | undefined, block: string): Word {
  const places = [
    ...(version === undefined || port === undefined ? [] : [`${joinPointer('/versions', version)}${joinPointer('/ports', port.key)}`]),
    ...(version === undefined ? [] : [joinPointer('/versions', version)]),
    ...(port === undefined ? [] : [joinPointer('/ports', port.key)]),
    '',
  ];
  const values: JsonObject = JSON.parse(JSON.stringify(words));
  const said = places.find((place) => saidAt(values, `${place}/${block}`));
  return said === undefined ? { intent, pointer: version === undefined ? `/${intent.kind}` : joinPointer('/versions', version), part: 'key' } : { intent, pointer: `${said}/${block}` };
}

function saidAt(words: JsonObject, pointer: string): boolean {
  let value: Json | undefined = words;
  for (const segment of pointer.slice(1).split('/')) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[key] : undefined;
  }
  return value !== undefined;
}

function spelled(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
