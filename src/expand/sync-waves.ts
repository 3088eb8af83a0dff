import { isObject, objectOr } from '../model/json.ts';
import { type Manifest, type Provenance, slotAt } from '../model/manifest.ts';
import { byDefault, traced } from '../model/origin.ts';
import { joinPointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { syncWave } from '../model/sync-wave.ts';
import type { Expanded } from './expand.ts';

/** What routes lead to comes before them, and what may narrow callers after them. */
const waves: Readonly<Record<string, string>> = {
  ServiceEntry: '-1',
  Gateway: '-1',
  DestinationRule: '-1',
  VirtualService: '0',
  Sidecar: '1',
  AuthorizationPolicy: '1',
};

/** The same with the wave of its kind on each object that does not say one itself, by a patch or a template. */
export function withSyncWaves({ manifests, drawn }: Expanded): Expanded {
  const inWaves = manifests.map(inWave);
  return { manifests: inWaves, drawn: drawn === manifests ? inWaves : drawn.map(inWave) };
}

/** The same object for the same manifest, so that what is known of it is not asked again. */
const inWave = rememberedFor((manifest: Manifest): Manifest => {
  const wave = waves[manifest.kind];
  const metadata = objectOr(manifest.body.metadata);
  const { annotations = {} } = metadata;
  // What is no map is said to be none by a rule.
  if (wave === undefined || !isObject(annotations) || annotations[syncWave] !== undefined) return manifest;
  const body = { ...manifest.body, metadata: { ...metadata, annotations: { ...annotations, [syncWave]: wave } } };
  return { ...manifest, body, provenance: withWave(manifest.provenance, wave, manifest.kind) };
});

function withWave(provenance: Provenance, wave: string, kind: string): Provenance {
  const { slots, values, renames } = provenance;
  const { template, line } = slotAt(provenance, '/metadata/annotations') ?? { template: '', line: 0 };
  const slot = { pointer: joinPointer('/metadata/annotations', syncWave), template, line, values: [values.length] };
  const origin = byDefault(`the wave of each ${kind}, as the settings say phases: sync-waves`);
  return { slots: [...slots, slot], values: [...values, traced(wave, origin)], renames };
}
