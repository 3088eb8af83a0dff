import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const meshHasKind = defineDiagnostic<{ kind: string; mesh: string; since: string }>({
  code: 'MS4050',
  name: 'mesh-has-kind',
  severity: 'error',
  summary: ({ kind, mesh, since }) => `Istio ${mesh} has no ${kind}; it came with ${since}`,
  why: 'The cluster would refuse an object of a kind that it does not know.',
  fix: 'Leave out the object, in an intent: the word that asks for it; or upgrade the mesh and say so, by `--istio` for manifests or by `istio:` in environment.yaml.',
  since: '0.1.0',
});

export const meshHasFeature = defineDiagnostic<{ feature: string; mesh: string; since: string }>({
  code: 'MS4051',
  name: 'mesh-has-feature',
  severity: 'error',
  summary: ({ feature, mesh, since }) => `Istio ${mesh} does not know ${feature}; Istio ${since} does`,
  why: 'An older mesh drops or refuses what it does not know, so the object would not do what it says.',
  fix: 'Say it with words that this version has; or upgrade the mesh and say so, by `--istio` for manifests or by `istio:` in environment.yaml.',
  since: '0.1.0',
});

export const patchTargetExists = defineDiagnostic<{ target: string; known: string }>({
  code: 'MS4060',
  name: 'patch-target-exists',
  severity: 'error',
  summary: ({ target, known }) => `this patch is for ${target}, but the intent writes ${known}`,
  why: 'A patch that meets nothing would silently change nothing.',
  fix: 'Name an object that this intent writes: `target: VirtualService`, or `{kind: VirtualService, name: …}` where it writes several.',
  since: '0.1.0',
});

export const patchApplies = defineDiagnostic<{ reason: string; id: string }>({
  code: 'MS4061',
  name: 'patch-applies',
  severity: 'error',
  summary: ({ reason, id }) => `this patch does not apply to ${id}: ${reason}`,
  why: 'A patch is applied whole or not at all; half of one would be neither what the intent says nor what the patch says.',
  fix: 'Compare the `path` with the rendered manifest (`mainsheet render --stdout`). Lists count from 0; `~1` stands for a slash in a key.',
  since: '0.1.0',
});

export const patchKeepsIdentity = defineDiagnostic<{ id: string }>({
  code: 'MS4062',
  name: 'patch-keeps-identity',
  severity: 'error',
  summary: ({ id }) => `this patch changes what ${id} is`,
  why: 'apiVersion, kind, name and namespace are how the object is found, compared and removed.',
  fix: 'Use `names:` or `namespace:` in the intent to rename an object, and `istio:` for its apiVersion.',
  since: '0.1.0',
});

export const patchHasReason = defineDiagnostic<{ id: string }>({
  code: 'MS4063',
  name: 'patch-has-reason',
  severity: 'warning',
  summary: ({ id }) => `this patch changes the \`spec\` of ${id} and gives no \`reason\``,
  why: 'A patch says what the intent could not: the next reader needs to know why, and whether it is still needed.',
  fix: 'Write `reason: …` beside `ops`, or say it with a word of the intent.',
  since: '0.1.0',
});

export const spellingReadByMesh = defineDiagnostic<{ id: string; written: string; instead: string | undefined; mesh: string }>({
  code: 'MS4052',
  name: 'spelling-read-by-mesh',
  severity: 'error',
  summary: ({ id, written, instead, mesh }) =>
    `${id} says \`${written}\`, which Istio ${mesh} does not read${instead === undefined ? '' : `; it reads \`${instead}\``}`,
  why: 'A field that the mesh does not know is refused or dropped without a word, so the object would not do what it says.',
  fix: 'Spell it as this version does. In an intent either spelling is understood and written out as the mesh reads it.',
  since: '0.1.0',
});

export const servedApiVersion = defineDiagnostic<{ id: string; apiVersion: string; mesh: string; served: readonly string[] }>({
  code: 'MS4053',
  name: 'served-api-version',
  severity: 'error',
  summary: ({ id, apiVersion, mesh, served }) =>
    `${id} is written in ${apiVersion}, which Istio ${mesh} does not serve${served.length === 0 ? '' : `; it serves ${listWords(served)}`}`,
  why: 'The cluster refuses an object of an apiVersion that it does not serve.',
  fix: 'Write an apiVersion that the mesh serves.',
  since: '0.1.0',
});

export const knownIstioKind = defineDiagnostic<{ apiVersion: string; kind: string }>({
  code: 'MS4054',
  name: 'known-istio-kind',
  severity: 'error',
  summary: ({ apiVersion, kind }) => `there is no kind ${kind} in ${apiVersion.split('/')[0]}`,
  why: 'The cluster refuses an object of a kind that it does not know, and nothing that the object says comes to hold.',
  fix: 'Write a kind of Istio, such as VirtualService or DestinationRule, in its own API group.',
  since: '0.1.0',
});
