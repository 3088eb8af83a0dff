/**
 * How a render is proven: what the manifests do, read back by the simulator, beside what the intents mean.
 *
 *   manifests as drawn ──mesh──▶ simulate ──read back──▶ prove ◀── intents
 */
import type { Expanded } from '../expand/expand.ts';
import type { TemplateSet } from '../expand/template-set.ts';
import { lineSpan } from '../expand/template-source.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { declaredMesh } from '../mesh/mesh.ts';
import { titleOf } from '../mesh/mesh-object.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import { type Manifest, manifestId, slotAt } from '../model/manifest.ts';
import type { ReadWhole } from '../model/read-back.ts';
import { rememberedByReads, withFollowers } from '../model/recorded-reads.ts';
import type { ObjectName, ResolvedEnvironment, ResolvedIntent } from '../model/resolved.ts';
import type { AskedObject, Evidence } from '../prove/evidence.ts';
import { proveGateway, proveParty } from '../prove/prove.ts';
import { provePatches } from '../prove/prove-patches.ts';
import { proveReach } from '../prove/prove-reach.ts';
import { type Door, type Party, type World, worldOf } from '../prove/world.ts';
import { readBack, readWhole } from '../simulate/read-back.ts';

/** All that a proof is found out from: what intents mean, and what was drawn for them. */
interface Proof {
  readonly world: World;
  readonly mesh: Mesh;
  readonly drawn: DrawnManifests;
}

interface DrawnManifests {
  readonly virtualServices: readonly Manifest[];
  readonly ownerOf: Evidence['ownerOf'];
  readonly isTwin: Evidence['isTwin'];
  readonly asked: Evidence['asked'];
  readonly templateLine: Evidence['templateLine'];
}

/** `whole` is the environment's mesh: it serves where nothing but the drawn manifests is in it. `followed`: others are proven that are much alike. */
export function proveRender(
  loaded: LoadedEnvironment,
  { manifests, drawn }: Expanded,
  whole: Mesh,
  templates: TemplateSet,
  resolved: ResolvedEnvironment,
  followed: boolean,
): readonly Diagnostic[] {
  const alone = loaded.manifests.length === 0 && loaded.registry.objects.length === 0;
  const mesh = alone && drawn === manifests ? whole : declaredMesh(loaded, drawn);
  const world = worldOf(loaded);
  const proof: Proof = { world, mesh, drawn: drawnManifests(drawn, mesh, resolved, templates) };
  if (followed) withFollowers(proof);
  const found = [
    ...world.parties.flatMap((party) => partyProven(party, proof)),
    ...world.doors.flatMap((door) => gatewayProven(door, proof)),
    ...mesh.objects.flatMap((object) => reachProven(readWhole(object), proof)),
  ];
  if (drawn === manifests) return found;
  return [...found, ...provePatches(world, readBack(mesh), readBack(declaredMesh(loaded, manifests)))];
}

const partyProven = rememberedByReads((party: Party, proof: Proof) => proveParty(party, proof.world, evidenceOf(proof)));
const gatewayProven = rememberedByReads((door: Door, proof: Proof) => proveGateway(door, proof.world, evidenceOf(proof)));
const reachProven = rememberedByReads((object: ReadWhole, proof: Proof) => proveReach(object, proof.world, evidenceOf(proof)));

function drawnManifests(drawn: readonly Manifest[], mesh: Mesh, resolved: ResolvedEnvironment, templates: TemplateSet): DrawnManifests {
  const owners = new Map(drawn.map((manifest): [string, Manifest['owner']] => [manifestId(manifest), manifest.owner]));
  const asked = new Map(resolved.intents.flatMap(askedBy));
  const [seen, twins] = [new Set<string>(), new Set<string>()];
  for (const object of mesh.objects) (seen.has(titleOf(object)) ? twins : seen).add(titleOf(object));
  return {
    virtualServices: drawn.filter(({ kind }) => kind === 'VirtualService'),
    ownerOf: (title) => owners.get(title),
    isTwin: (title) => twins.has(title),
    asked: (title) => asked.get(title),
    templateLine: (file, line) => {
      const source = templates.sources.get(file);
      return source === undefined ? undefined : lineSpan(source, line);
    },
  };
}

function evidenceOf({ mesh, drawn }: Proof): Evidence {
  return {
    readBack: readBack(mesh),
    asked: drawn.asked,
    ownerOf: drawn.ownerOf,
    isTwin: drawn.isTwin,
    sourcesOf: (counts, atGateway) => {
      const manifest = drawn.virtualServices.find((one) => counts(manifestId(one)));
      if (manifest === undefined) return undefined;
      const slot = slotAt(manifest.provenance, atGateway ? '/spec/gateways/0' : '/spec/hosts/0');
      return { manifest: manifestId(manifest), ...(slot === undefined ? {} : { template: { file: slot.template, line: slot.line } }) };
    },
    templateLine: drawn.templateLine,
  };
}

/** Objects that say who may see or call whom; what they have to say is no matter of layout. */
function askedBy({ sidecars, authorizationPolicies, intent }: ResolvedIntent): readonly (readonly [string, AskedObject])[] {
  const at = (word: string) => {
    const place = originOf(intent, intent.value[word] === undefined ? `/${intent.kind}` : `/${word}`).at;
    return place === undefined ? {} : { at: place };
  };
  return [
    ...sidecars.map((object): readonly [string, AskedObject] => [
      titleIn('Sidecar', object),
      {
        spec: {
          workloadSelector: { labels: object.workloadSelector.value },
          egress: [{ hosts: object.egressHosts.map(({ value }) => value) }],
        },
        dryRun: false,
        ...at('dependsOn'),
      },
    ]),
    ...authorizationPolicies.map((object): readonly [string, AskedObject] => [
      titleIn('AuthorizationPolicy', object),
      {
        spec: {
          selector: { matchLabels: object.selector.value },
          action: 'ALLOW',
          rules: [{ from: [{ source: { principals: object.principals.value } }] }],
        },
        dryRun: object.dryRun,
        ...at('allowFrom'),
      },
    ]),
  ];
}

function titleIn(kind: string, { name, namespace }: ObjectName): string {
  return manifestId({ kind, name: name.value, ...(namespace === undefined ? {} : { namespace: namespace.value }) });
}
