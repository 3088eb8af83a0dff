/**
 * How a render is proven: what the manifests do, read back by the simulator, beside what the intents mean.
 *
 *   manifests as drawn ──mesh──▶ simulate ──read back──▶ prove ◀── intents
 */
import type { Expanded } from './expand/expand.ts';
import type { TemplateSet } from './expand/template-set.ts';
import { lineSpan } from './expand/template-source.ts';
import type { Mesh } from './mesh/mesh.ts';
import { declaredMesh } from './mesh/mesh.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { LoadedEnvironment } from './model/environment.ts';
import { type Manifest, manifestId, slotAt } from './model/manifest.ts';
import type { Evidence } from './prove/evidence.ts';
import { prove } from './prove/prove.ts';
import { provePatches } from './prove/prove-patches.ts';
import { readBack } from './simulate/read-back.ts';

/** `whole` is the environment's mesh: it serves where nothing but the drawn manifests is in it. */
export function proveRender(
  loaded: LoadedEnvironment,
  { manifests, drawn }: Expanded,
  whole: Mesh,
  templates: TemplateSet,
): readonly Diagnostic[] {
  const alone = loaded.manifests.length === 0 && loaded.registry.objects.length === 0;
  const owners = new Map(drawn.map((manifest): [string, Manifest['owner']] => [manifestId(manifest), manifest.owner]));
  const evidence: Evidence = {
    readBack: readBack(alone && drawn === manifests ? whole : declaredMesh(loaded, drawn)),
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
