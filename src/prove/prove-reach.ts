import { qualifiedGateway, qualifiedHost } from '../istio/host.ts';
import { boundToMesh } from '../istio/virtual-service-parts.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { intentTitle } from '../model/intent.ts';
import { type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { ReadWhole } from '../model/read-back.ts';
import { gatewayWords } from '../model/words.ts';
import { type AskedObject, type Evidence, relatedTo } from './evidence.ts';
import { exposedHosts } from './exposures-meant.ts';
import { hopOf } from './mesh-vantages.ts';
import { objectSaysWhatIntentSays } from './prove-diagnostics.ts';
import { placeOf, type Speaker, type World } from './world.ts';

/** A place of an object that says otherwise than its intent. */
interface Fault {
  readonly pointer: Pointer;
  readonly meant: Json | undefined;
  readonly does: Json | undefined;
}

/**
 * Whom an object is for: who sees it, which hosts it speaks for and at which gateways, which pods' proxies get it. A route that is right
 * for those who have it is no proof for those who don't, nor for whoever has it and should not.
 */
export function proveReach(
  object: ReadWhole,
  world: World,
  { ownerOf, isTwin, asked: askedBy, templateLine }: Evidence,
): readonly Diagnostic[] {
  // Two intents that would write one object are told of elsewhere.
  if (isTwin(object.title)) return [];
  const owner = ownerOf(object.title);
  const speaker = owner === undefined ? undefined : world.speaker(owner);
  if (speaker === undefined) return [];
  const { intent } = speaker;
  const asked = askedBy(object.title);
  const faults = [...markFaults(object, asked, world.environment.labels), ...faultsOf(object, speaker, world, asked)];
  return faults.map(({ pointer, meant, does }) =>
    diagnose(objectSaysWhatIntentSays, {
      params: {
        name: intentTitle(intent),
        object: object.title,
        word: pointer.slice(1).replaceAll('/', '.'),
        meant: meant === undefined ? 'nothing' : JSON.stringify(meant),
        does: does === undefined ? '' : JSON.stringify(does),
      },
      at: asked?.at ?? placeOf({ intent, pointer: `/${intent.kind}` }),
      related: relatedTo(object.sourceOf(pointer), templateLine),
    }),
  );
}

/** Labels and annotations by which Istio takes an object otherwise: for another revision, or as a rehearsal. */
function markFaults({ metadata }: ReadWhole, asked: AskedObject | undefined, labels: JsonObject): readonly Fault[] {
  const marks = (map: JsonObject) => Object.fromEntries(Object.entries(map).filter(([key]) => key.includes('istio.io/')));
  const [meantLabels, doesLabels] = [marks(labels), marks(objectOr(metadata.labels))];
  const annotations: JsonObject = asked?.dryRun === true ? { 'istio.io/dry-run': 'true' } : {};
  const own = marks(objectOr(metadata.annotations));
  return [
    ...(sameJson(meantLabels, doesLabels) ? [] : [{ pointer: '/labels', meant: meantLabels, does: doesLabels }]),
    ...(sameJson(annotations, own) ? [] : [{ pointer: '/annotations', meant: annotations, does: own }]),
  ];
}

function faultsOf(object: ReadWhole, speaker: Speaker, world: World, asked: AskedObject | undefined): readonly Fault[] {
  const { kind, spec } = object;
  const { party } = speaker;
  const hosts = (party?.hosts ?? []).map((host) => host.toLowerCase());
  switch (kind) {
    case 'VirtualService':
      return [...virtualServiceFaults(object, speaker, world, hosts), ...connectionFaults(spec)];
    case 'DestinationRule':
      return [
        ...audienceFaults(object, party?.words.exportTo ?? [], world),
        ...(spec.workloadSelector === undefined ? [] : [{ pointer: '/workloadSelector', meant: undefined, does: spec.workloadSelector }]),
        ...(hosts.includes(qualified(spec.host ?? '', object, world)) ? [] : [{ pointer: '/host', meant: hosts, does: spec.host }]),
      ];
    case 'Sidecar':
    case 'AuthorizationPolicy':
      return asked === undefined ? [] : wordFaults(asked.spec, spec);
    default:
      return [];
  }
}

/** Whoever is not asked by a rule may do as before; so a missing word counts like a wrong one. */
function wordFaults(meant: JsonObject, does: JsonObject): readonly Fault[] {
  const words = [...new Set([...Object.keys(meant), ...Object.keys(does)])];
  return words.flatMap((word) =>
    sameJson(meant[word], does[word]) ? [] : [{ pointer: `/${word}`, meant: meant[word], does: does[word] }],
  );
}

function audienceFaults({ spec, namespace }: ReadWhole, words: readonly string[], { environment }: World): readonly Fault[] {
  const audience = (list: readonly string[]): readonly string[] => {
    const said = list.length === 0 ? [environment.mesh.exportTo] : list;
    return [...new Set(said.map((word) => (word === '.' ? namespace : word)))].sort();
  };
  const does = listOr(spec.exportTo).map(String);
  return sameJson(audience(words), audience(does)) ? [] : [{ pointer: '/exportTo', meant: words.length === 0 ? undefined : words, does }];
}

function virtualServiceFaults(object: ReadWhole, speaker: Speaker, world: World, own: readonly string[]): readonly Fault[] {
  const { party } = speaker;
  const { spec, namespace } = object;
  const written = listOr(spec.hosts).map(String);
  const gateways = listOr(spec.gateways).map(String);
  const inMesh = boundToMesh(spec);
  // One without hosts is a delegate: its roots say who has it.
  if (written.length === 0) return audienceFaults(object, [], world);
  const doors = doorsMeant(world, speaker);
  const found = [...audienceFaults(object, inMesh ? (party?.words.exportTo ?? []) : [], world)];
  const host = (one: string) => qualified(one, object, world);
  if (inMesh && written.some((one) => !own.includes(host(one)))) found.push({ pointer: '/hosts', meant: own, does: written });
  for (const [i, name] of gateways.entries()) {
    if (name === 'mesh' || doors === undefined) continue;
    const meant = doors.get(qualifiedGateway(name, namespace));
    if (meant === undefined) found.push({ pointer: `/gateways/${i}`, meant: [...doors.keys()], does: name });
    else if (written.some((one) => !meant.includes(one.toLowerCase()) && !meant.includes(host(one))))
      found.push({ pointer: '/hosts', meant: [...meant], does: written });
  }
  return found;
}

/** The gateways at which an intent speaks of hosts, and of which; undefined where that can't be told. */
function doorsMeant(world: World, { party, door }: Speaker): ReadonlyMap<string, readonly string[]> | undefined {
  if (door !== undefined) {
    const shared = Object.keys(gatewayWords(door.intent).hosts ?? {});
    return new Map([[door.id, shared.map((host) => host.toLowerCase())]]);
  }
  if (party === undefined) return undefined;
  const hop = hopOf(world, party);
  const exposed = exposedHosts(world, party);
  if (exposed === undefined || hop === undefined) return exposed;
  return new Map([...exposed, [hop.gateway, party.hosts.map((host) => host.toLowerCase())]]);
}

/** Of connections intents tell apart ports and server names alone: from anywhere, to any address. */
function connectionFaults(spec: JsonObject): readonly Fault[] {
  return (['tls', 'tcp'] as const).flatMap((list) =>
    listOr(spec[list]).flatMap((route, i) =>
      listOr(objectOr(route).match).flatMap((match, j) =>
        (['sourceNamespace', 'sourceLabels', 'destinationSubnets'] as const).flatMap((word): readonly Fault[] => {
          const does = objectOr(match)[word];
          const isEmpty = does === undefined || does === '' || sameJson(does, {}) || sameJson(does, []);
          return isEmpty ? [] : [{ pointer: `/${list}/${i}/match/${j}/${word}`, meant: undefined, does }];
        }),
      ),
    ),
  );
}

function qualified(host: Json, { namespace }: ReadWhole, { environment }: World): string {
  return qualifiedHost(String(host), namespace, environment.clusterDomain).toLowerCase();
}
