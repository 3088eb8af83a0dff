import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';
import { argoDirectory } from './argo-directory.ts';
import { buildsForEach, loadedByEach, nothingButRendered, somethingToApply } from './diagnostics.ts';
import { fluxBuild } from './flux-build.ts';
import { kustomizeBuild } from './kustomize-build.ts';
import { objectHazards } from './object-hazards.ts';
import {
  type Build,
  type BuildFault,
  isKustomization,
  kustomizationsIn,
  type OutputFolder,
  placeOf,
  type TakenObject,
  takenFrom,
} from './output-folder.ts';

/** What one consumer loads. */
export interface Consumed {
  /** 'kustomize', 'Argo CD', 'Flux' */
  readonly consumer: string;
  readonly objects: number;
}

export interface VerifiedFolder {
  /** Objects in rendered files. */
  readonly rendered: number;
  readonly consumed: readonly Consumed[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether everyone who applies a rendered folder loads exactly what was rendered. */
export function verifyFolder(tree: OutputFolder): VerifiedFolder {
  const rendered = [...tree.values()].filter(({ isOurs, path }) => isOurs && !isKustomization(path)).flatMap(takenFrom);
  const builds = buildsOf(tree);
  return {
    rendered: rendered.length,
    consumed: builds.map(({ consumer, build }) => ({ consumer, objects: build.objects.length })),
    diagnostics: [...compareBuilds(tree, builds, rendered), ...objectHazards(tree)],
  };
}

interface ConsumerBuild {
  readonly consumer: string;
  readonly build: Build;
}

function buildsOf(tree: OutputFolder): readonly ConsumerBuild[] {
  return [
    { consumer: 'kustomize', build: wholeKustomize(tree) },
    { consumer: "Argo CD's directory loader", build: argoDirectory(tree) },
    { consumer: 'Flux', build: fluxBuild(tree) },
  ];
}

/** Of a sharded folder each shard is built by itself. */
function wholeKustomize(tree: OutputFolder): Build {
  if (kustomizationsIn(tree, '').length > 0) return kustomizeBuild(tree, '');
  const shards = [...new Set([...tree.keys()].flatMap((path) => /^(shard-\d+)\//.exec(path)?.[1] ?? []))];
  const builds = (shards.length === 0 ? [''] : shards).map((folder) => kustomizeBuild(tree, folder));
  return { objects: builds.flatMap(({ objects }) => objects), faults: builds.flatMap(({ faults }) => faults) };
}

/** What several consumers get wrong alike is one finding. */
function compareBuilds(tree: OutputFolder, builds: readonly ConsumerBuild[], rendered: readonly TakenObject[]): readonly Diagnostic[] {
  const wanted = new Set(rendered.map(keyOf));
  const loaded = builds.map(({ consumer, build }) => ({ consumer, keys: new Set(build.objects.map(keyOf)) }));
  const empty = builds.filter(({ build }) => build.objects.length === 0);
  const faults = groupedBy(
    builds.flatMap(({ consumer, build }) => build.faults.map((fault) => ({ consumer, fault, key: `${fault.file}\n${fault.reason}` }))),
  );
  const extra = groupedBy(
    builds.flatMap(({ consumer, build }) =>
      build.objects.filter((taken) => !wanted.has(keyOf(taken))).map((taken) => ({ consumer, taken, key: keyOf(taken) })),
    ),
  );
  return [
    ...faults.map((all) => faultDiagnostic(consumersOf(all), all[0].fault, tree)),
    ...rendered.flatMap((taken) => {
      const without = loaded.filter(({ keys }) => !keys.has(keyOf(taken)));
      if (without.length === 0) return [];
      return [diagnose(loadedByEach, { params: { id: taken.id, consumer: consumersOf(without) }, at: placeOf(taken) })];
    }),
    ...extra.map((all) =>
      diagnose(nothingButRendered, { params: { id: all[0].taken.id, consumer: consumersOf(all) }, at: placeOf(all[0].taken) }),
    ),
    ...(empty.length === 0 ? [] : [diagnose(somethingToApply, { params: { consumer: consumersOf(empty) } })]),
  ];
}

function consumersOf(all: readonly { readonly consumer: string }[]): string {
  return listWords([...new Set(all.map(({ consumer }) => consumer))]);
}

function groupedBy<T extends { readonly key: string }>(all: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const known = groups.get(one.key);
    if (known === undefined) groups.set(one.key, [one]);
    else known.push(one);
  }
  return [...groups.values()];
}

/** One object in one file: the same object in two files is loaded twice. */
function keyOf({ id, file }: TakenObject): string {
  return `${id}\n${file}`;
}

/** What is missing has no place of its own. */
function faultDiagnostic(consumer: string, { file, reason }: BuildFault, tree: OutputFolder): Diagnostic {
  if (tree.has(file)) return diagnose(buildsForEach, { params: { consumer, reason }, at: { file, start: 0, end: 0 } });
  return diagnose(buildsForEach, { params: { consumer, reason: file === '' ? reason : `\`${file}\`: ${reason}` } });
}
