import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { intentTitle } from '../model/intent.ts';
import { type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { ReadBack, ReadObject } from '../model/read-back.ts';
import { externalWords, gatewayWords } from '../model/words.ts';
import { type Evidence, relatedTo } from './evidence.ts';
import { objectSaysWhatIntentSays } from './prove-diagnostics.ts';
import { type Door, type Party, placeOf, type Word } from './world.ts';

/** The Gateway that an intent describes: its pods, and every server word for word. */
export function proveDoor({ intent, id }: Door, readBack: ReadBack, templateLine: Evidence['templateLine']): readonly Diagnostic[] {
  const { external, servers = [], selector = { istio: 'ingressgateway' } } = gatewayWords(intent);
  if (external === true) return [];
  const object = readBack.gateway(id);
  const title = object?.title ?? `Gateway ${id}`;
  const report = reporter(intentTitle(intent), title, object, templateLine);
  if (object === undefined) return [report('gateway', id, undefined, { intent, pointer: '/gateway' }, '')];
  const written = listOr(object.spec.servers);
  const lost = servers.findIndex((server, i) => !sameJson(server, written[i]));
  return [
    ...(sameJson(selector, object.spec.selector)
      ? []
      : [report('selector', selector, object.spec.selector, { intent, pointer: '/selector' }, '/selector')]),
    ...(lost === -1
      ? []
      : [report(`servers[${lost}]`, servers[lost] ?? null, written[lost], { intent, pointer: `/servers/${lost}` }, `/servers/${lost}`)]),
    ...(written.length > servers.length
      ? [report('servers', servers.length, written.length, { intent, pointer: '/servers', part: 'key' }, `/servers/${servers.length}`)]
      : []),
  ];
}

const plainWords = ['addresses', 'location', 'endpoints', 'workloadSelector', 'subjectAltNames', 'exportTo'] as const;

/** The ServiceEntry of an external: its hosts, ports and how its addresses are found. */
export function proveEntry(
  { intent, hosts, ports, words: { originateTls } }: Party,
  readBack: ReadBack,
  templateLine: Evidence['templateLine'],
): readonly Diagnostic[] {
  if (intent.kind !== 'external') return [];
  const words = externalWords(intent);
  const [first = ''] = hosts;
  const object = readBack.entry(first);
  const report = reporter(intentTitle(intent), object?.title ?? 'no ServiceEntry', object, templateLine);
  const spec = object?.spec ?? {};
  const found: Diagnostic[] = [];
  if (!sameJson(hosts, listOr(spec.hosts))) found.push(report('hosts', hosts, spec.hosts, { intent, pointer: '/hosts' }, '/hosts'));
  const inside = originateTls !== undefined && originateTls.form !== 'rewrite' ? ports.find(({ layer }) => layer === 'http') : undefined;
  const outside = ports.find(({ layer }) => layer === 'tls')?.number ?? 443;
  const written = listOr(spec.ports).map(objectOr);
  for (const [i, port] of ports.entries()) {
    const targetPort = port.words.targetPort ?? (port === inside ? outside : undefined);
    const meant = { number: port.number, protocol: port.protocol, ...(targetPort === undefined ? {} : { targetPort }) };
    const { name: _, ...does } = written.find(({ number }) => number === port.number) ?? {};
    if (sameJson(meant, does)) continue;
    const word: Word = { intent, pointer: `/ports/${port.key}`, part: 'key' };
    found.push(report('ports', meant, written[i] === undefined ? undefined : does, word, `/ports/${i}`));
  }
  if (written.length > ports.length)
    found.push(report('ports', ports.length, written.length, { intent, pointer: '/ports', part: 'key' }, '/ports'));
  const byDefault = words.endpoints === undefined && hosts.some((host) => host.startsWith('*')) ? 'NONE' : 'DNS';
  const resolution = words.resolution ?? byDefault;
  if (spec.resolution !== resolution)
    found.push(report('resolution', resolution, spec.resolution, { intent, pointer: '/resolution' }, '/resolution'));
  const said: JsonObject = intent.value;
  for (const word of plainWords) {
    const [meant, does] = [emptied(said[word]), emptied(spec[word])];
    if (!sameJson(meant, does)) found.push(report(word, meant ?? 'nothing', does, { intent, pointer: `/${word}` }, `/${word}`));
  }
  return found;
}

function emptied(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

function reporter(name: string, object: string, read: ReadObject | undefined, templateLine: Evidence['templateLine']) {
  return (word: string, meant: Json, does: Json | undefined, at: Word, pointer: string): Diagnostic =>
    diagnose(objectSaysWhatIntentSays, {
      params: { name, object, word, meant: JSON.stringify(meant), does: does === undefined ? '' : JSON.stringify(does) },
      at: placeOf(at),
      related: relatedTo(read?.sourceOf(pointer), templateLine),
    });
}
