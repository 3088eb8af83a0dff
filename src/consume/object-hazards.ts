import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isList, isObject, type Json } from '../model/json.ts';
import { appliedByEach, integerSyncWave, literalDollars, noSecrets } from './diagnostics.ts';
import { type OutputFolder, placeOf, type TakenObject, takenFrom, textAt } from './output-folder.ts';

/** What in an object makes those who apply it do something else than to apply it as it is. */
export function objectHazards(tree: OutputFolder): readonly Diagnostic[] {
  return [...tree.values()].flatMap(takenFrom).flatMap((taken): readonly Diagnostic[] => {
    const { body } = taken.object;
    const wave = textAt(body, 'annotations', 'argocd.argoproj.io/sync-wave');
    const isLiteral = [textAt(body, 'annotations', substitute), textAt(body, 'labels', substitute)].includes('disabled');
    const dollars = isLiteral ? undefined : substitutionIn(body);
    return [
      ...engineWords(taken),
      ...(wave === undefined || /^-?\d+$/.test(wave) ? [] : [diagnose(integerSyncWave, { params: { value: wave }, at: placeOf(taken) })]),
      ...(dollars === undefined ? [] : [diagnose(literalDollars, { params: { id: taken.id, text: dollars }, at: placeOf(taken) })]),
      ...(body.apiVersion === 'v1' && body.kind === 'Secret'
        ? [diagnose(noSecrets, { params: { id: taken.id }, at: placeOf(taken) })]
        : []),
    ];
  });
}

const substitute = 'kustomize.toolkit.fluxcd.io/substitute';

/** The first text of `${…}` in a value. */
function substitutionIn(value: Json): string | undefined {
  if (typeof value === 'string') return /\$\{[^}]*\}?/.exec(value)?.[0];
  if (isList(value)) return value.map(substitutionIn).find((text) => text !== undefined);
  if (!isObject(value)) return undefined;
  return Object.entries(value)
    .flatMap(([key, item]) => [substitutionIn(key), substitutionIn(item)])
    .find((text) => text !== undefined);
}

/** A word by which an engine is told to treat an object otherwise. */
interface EngineWord {
  readonly key: string;
  /** Where it counts; Flux looks at labels, too. */
  readonly fields: readonly ('annotations' | 'labels')[];
  /** What is made of the object for a value; undefined for values that change nothing. */
  readonly effectOf: (value: string) => string | undefined;
}

/**
 * By the sources of sigs.k8s.io/kustomize/api (resource/factory.go: DropLocalNodes), fluxcd/kustomize-controller with fluxcd/pkg/ssa
 * (values in any case) and argoproj/gitops-engine (pkg/sync/hook; Helm's hooks are taken as its own).
 */
const engineWordsKnown: readonly EngineWord[] = [
  {
    key: 'config.kubernetes.io/local-config',
    fields: ['annotations'],
    effectOf: (value) => (value === 'false' ? undefined : 'kustomize, and with it Flux, drops it'),
  },
  {
    key: 'kustomize.toolkit.fluxcd.io/reconcile',
    fields: ['annotations', 'labels'],
    effectOf: (value) => (value.toLowerCase() === 'disabled' ? 'Flux skips it' : undefined),
  },
  {
    key: 'kustomize.toolkit.fluxcd.io/ssa',
    fields: ['annotations', 'labels'],
    effectOf: (value) => ({ ignore: 'Flux skips it', ifnotpresent: 'Flux creates it, and never changes it' })[value.toLowerCase()],
  },
  { key: 'argocd.argoproj.io/hook', fields: ['annotations'], effectOf: hookEffect },
  { key: 'helm.sh/hook', fields: ['annotations'], effectOf: hookEffect },
];

function hookEffect(value: string): string {
  return value.trim() === 'Skip' ? 'Argo CD skips it' : 'Argo CD takes it for a hook, which is no part of what it keeps in sync';
}

function engineWords(taken: TakenObject): readonly Diagnostic[] {
  return engineWordsKnown.flatMap(({ key, fields, effectOf }) => {
    const values = fields.flatMap((field) => textAt(taken.object.body, field, key) ?? []);
    const found = values.map((value) => ({ word: `${key}: ${value}`, effect: effectOf(value) })).find(({ effect }) => effect !== undefined);
    if (found?.effect === undefined) return [];
    return [diagnose(appliedByEach, { params: { id: taken.id, word: found.word, effect: found.effect }, at: placeOf(taken) })];
  });
}
