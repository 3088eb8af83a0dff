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
import type { Diagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import { type Manifest, manifestId, slotAt } from '../model/manifest.ts';
import type { ObjectName, ResolvedEnvironment, ResolvedIntent } from '../model/resolved.ts';
import type { AskedObject, Evidence } from '../prove/evidence.ts';
import { prove } from '../prove/prove.ts';
import { provePatches } from '../prove/prove-patches.ts';
import { readBack } from '../simulate/read-back.ts';

/** `whole` is the environment's mesh: it serves where nothing but the drawn manifests is in it. */
export function proveRender(
  loaded: LoadedEnvironment,
  { manifests, drawn }: Expanded,
  whole: Mesh,
  templates: TemplateSet,
  resolved: ResolvedEnvironment,
): readonly Diagnostic[] {
  const alone = loaded.manifests.length === 0 && loaded.registry.objects.length === 0;
  const owners = new Map(drawn.map((manifest): [string, Manifest['owner']] => [manifestId(manifest), manifest.owner]));
  const evidence: Evidence = {
    readBack: readBack(alone && drawn === manifests ? whole : declaredMesh(loaded, drawn)),
    asked: new Map(resolved.intents.flatMap(askedBy)),
    ownerOf: (title) => owners.get(title),
    sourcesOf: (counts, atGateway) => {
      const manifest = drawn.find((one) => one.kind === 'VirtualService' && counts(manifestId(one)));
      if (manifest === undefined) return undefined;
      const slot = slotAt(manifest.provenance, atGateway ? '/spec/gateways/0' : '/spec/hosts/0');
      return { manifest: manifestId(manifest), ...(slot === undefined ? {} : { template: { file: slot.template, line: slot.line } }) };
    },
    templateLine: (file, line) => {
      const source = templates.sources.get(file);
      return source === undefined ? undefined : lineSpan(source, line);
    },
  };
  const found = prove(loaded, evidence);
  if (drawn === manifests) return found;
  return [...found, ...provePatches(loaded, evidence, readBack(declaredMesh(loaded, manifests)))];
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
