import { defineDiagnostic } from '../model/diagnostic.ts';

export const loadedByEach = defineDiagnostic<{ id: string; consumer: string }>({
  code: 'MS4501',
  name: 'loaded-by-each',
  severity: 'error',
  summary: ({ id, consumer }) => `${consumer} would not load ${id}`,
  why: 'The file is there and reviewed, and yet the object never reaches the cluster: nothing says so when it is applied.',
  fix: 'Render again: every rendered file is listed in the kustomization of its folder.',
  since: '0.1.0',
});

export const nothingButRendered = defineDiagnostic<{ id: string; consumer: string }>({
  code: 'MS4502',
  name: 'nothing-but-rendered',
  severity: 'error',
  summary: ({ id, consumer }) => `${consumer} would load ${id}, which nothing rendered`,
  why: 'It would be applied beside what was proven, and no check has seen it.',
  fix: "Move the file out of the rendered folder; what is written by hand belongs to a folder of the environment's `manifests:`.",
  since: '0.1.0',
});

export const buildsForEach = defineDiagnostic<{ consumer: string; reason: string }>({
  code: 'MS4503',
  name: 'builds-for-each',
  severity: 'error',
  summary: ({ consumer, reason }) => `${consumer} would not take this as it is: ${reason}`,
  why: 'Either nothing of the folder is applied any more, or something else than what was proven is.',
  fix: 'Render again, and keep anything else out of the rendered folder.',
  since: '0.1.0',
});

export const integerSyncWave = defineDiagnostic<{ value: string }>({
  code: 'MS4504',
  name: 'integer-sync-wave',
  severity: 'error',
  summary: ({ value }) => `the sync wave "${value}" is no whole number`,
  why: 'Argo CD takes a wave that it cannot read for 0, in silence, so the order that was meant is lost.',
  fix: 'Write a whole number in quotes, such as "-1".',
  since: '0.1.0',
});

export const literalDollars = defineDiagnostic<{ id: string; text: string }>({
  code: 'MS4505',
  name: 'literal-dollars',
  severity: 'error',
  summary: ({ id, text }) => `${id} holds \`${text}\`, which Flux would replace`,
  why: "Where a Kustomization has `postBuild`, Flux replaces names in braces after a dollar sign in every object; since its controller's 1.9 a name that it does not know fails the build.",
  fix: 'Render again: rendered objects say `kustomize.toolkit.fluxcd.io/substitute: disabled` where they hold such a text.',
  since: '0.1.0',
});

export const somethingToApply = defineDiagnostic<{ consumer: string }>({
  code: 'MS4506',
  name: 'something-to-apply',
  severity: 'warning',
  summary: ({ consumer }) => `${consumer} would load nothing`,
  why: 'With pruning on, an empty folder removes everything that it applied before; Argo CD refuses that without `allowEmpty`, Flux does not.',
  fix: 'If the environment is meant to end, remove its Application or Kustomization first; otherwise render again.',
  since: '0.1.0',
});

export const noSecrets = defineDiagnostic<{ id: string }>({
  code: 'MS4507',
  name: 'no-secrets',
  severity: 'error',
  summary: ({ id }) => `${id} stands in the rendered folder`,
  why: 'Whoever may read the repository can read it, in every commit since.',
  fix: 'Remove it, replace what it holds, and let the cluster get it from where secrets are kept.',
  since: '0.1.0',
});

export const asRendered = defineDiagnostic<Record<never, never>>({
  code: 'MS4508',
  name: 'as-rendered',
  severity: 'warning',
  summary: () => 'this file was changed after it was rendered',
  why: 'What would be applied is not what the intents say, and was not proven; the next render refuses or overwrites it.',
  fix: 'Change the intent, or write the object by hand under `manifests:`; then render again.',
  since: '0.1.0',
});

export const plainFiles = defineDiagnostic<{ path: string; kind: string }>({
  code: 'MS4509',
  name: 'plain-files',
  severity: 'error',
  summary: ({ path, kind }) => `\`${path}\` is a ${kind}`,
  why: 'Argo CD refuses a folder with links that lead out of it, and others follow them: what is applied would depend on who does it.',
  fix: 'Remove it from the rendered folder.',
  since: '0.1.0',
});

export const renderedFolder = defineDiagnostic<Record<never, never>>({
  code: 'MS4510',
  name: 'rendered-folder',
  severity: 'error',
  summary: () => 'this is no rendered folder',
  why: 'Nothing in it was rendered, or it is a part of a rendered folder or has lost its list of files: there is nothing to hold the loaders against.',
  fix: 'Name the folder that `mainsheet render` writes, or one environment in it.',
  since: '0.1.0',
});

export const appliedByEach = defineDiagnostic<{ id: string; word: string; effect: string }>({
  code: 'MS4511',
  name: 'applied-by-each',
  severity: 'error',
  summary: ({ id, word, effect }) => `${id} says \`${word}\`: ${effect}`,
  why: 'The object is rendered, reviewed and proven as a part of the mesh, and yet an engine does not keep it in the cluster as it stands there.',
  fix: 'Take the word out where the object is written; what shall not be applied does not belong under `manifests:`.',
  since: '0.1.0',
});

export const objectsInFiles = defineDiagnostic<Record<never, never>>({
  code: 'MS4512',
  name: 'objects-in-files',
  severity: 'error',
  summary: () => 'this file holds no object',
  why: 'No such file is rendered, so what it held is lost; with pruning on, the engine removes that from the cluster.',
  fix: 'Render again; remove the file if nothing was rendered to it.',
  since: '0.1.0',
});

export const wholeRendering = defineDiagnostic<{ missing: string }>({
  code: 'MS4513',
  name: 'whole-rendering',
  severity: 'error',
  summary: ({ missing }) => `${missing} is missing, and the intents have it`,
  why: 'Whoever applies that folder finds nothing: the engine stops, or keeps what it applied before.',
  fix: 'Render again, and commit the folder.',
  since: '0.1.0',
});

export const fetchedByFlux = defineDiagnostic<{ name: string }>({
  code: 'MS4514',
  name: 'fetched-by-flux',
  severity: 'error',
  summary: ({ name }) => `Flux leaves out whatever is called \`${name}\``,
  why: 'Its source-controller keeps files of CI services, pictures, videos and archives out of every artifact, by their name at any depth: the build fails for a list that names them, or what they held is pruned from the cluster.',
  fix: 'Give the service or environment another name, or write `layout: by-kind`; or let the source of Flux say `spec.ignore` with `!` and this name.',
  since: '0.1.0',
});

export const noSourceIgnore = defineDiagnostic<Record<never, never>>({
  code: 'MS4515',
  name: 'no-source-ignore',
  severity: 'error',
  summary: () => 'Flux reads this file, and leaves out what it lists',
  why: 'Files that were rendered and reviewed would not get to the cluster, and what they held before would be pruned from it; other engines apply them all the same.',
  fix: 'Remove the file from the rendered folder.',
  since: '0.1.0',
});

export const takenIntoTheArtifact = defineDiagnostic<{ pattern: string; files: number; first: string }>({
  code: 'MS4518',
  name: 'taken-into-the-artifact',
  severity: 'error',
  summary: ({ pattern, files, first }) =>
    `Flux leaves out ${files === 1 ? `\`${first}\`` : `${files} rendered files, such as \`${first}\``}, for \`${pattern}\``,
  why: 'Its source-controller reads every `.sourceignore` of the repository. What it leaves out never gets to the cluster, and what it held before is pruned from it; other engines apply it all the same.',
  fix: 'Take the line out, or bring the folder back with a later one, such as `!/rendered/`: the last line that speaks of a file counts.',
  since: '0.1.0',
});

export const folderOfTheIntents = defineDiagnostic<{ what: string }>({
  code: 'MS4516',
  name: 'folder-of-the-intents',
  severity: 'warning',
  summary: ({ what }) => `${what} was rendered, and the intents have it no more`,
  why: 'Whoever applies that folder goes on doing so: what stands in it is kept in the cluster, though nobody can change it any more.',
  fix: 'Delete its Application or Kustomization first; then run `mainsheet render` for all environments, which removes the folder (`--allow-prune`).',
  since: '0.1.0',
});

export const shardsOnTheirWay = defineDiagnostic<{ from: number; to: number }>({
  code: 'MS4517',
  name: 'shards-on-their-way',
  severity: 'warning',
  summary: ({ from, to }) => `this is on its way from ${from} to ${to} shards: objects that move are guarded, and stand where they were`,
  why: 'Until it has moved, the objects that apply it have to look for the folders that are there.',
  fix: 'Merge this step and let it be applied; then run `mainsheet render --reshard`, and `mainsheet deploy-config` with the files that have moved.',
  since: '0.1.0',
});
