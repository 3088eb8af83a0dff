import { defineDiagnostic } from '../model/diagnostic.ts';

export const oneObjectPerName = defineDiagnostic<{ id: string }>({
  code: 'MS4080',
  name: 'one-object-per-name',
  severity: 'error',
  summary: ({ id }) => `two intents would write ${id}`,
  why: 'To the cluster they are one object: whichever is applied last wins, and the other is lost.',
  fix: 'Give one of them another name: `names: {VirtualService: …}` in the intent, or `name:` in the `expose` entry.',
  since: '0.1.0',
});

export const oneOwnerPerFile = defineDiagnostic<{ path: string }>({
  code: 'MS4081',
  name: 'one-owner-per-file',
  severity: 'error',
  summary: ({ path }) => `two intents would be written to \`${path}\``,
  why: 'A file belongs to one intent: that is how it is found, explained and removed.',
  fix: 'Rename one of the intents, or choose `layout: by-kind`.',
  since: '0.1.0',
});

export const shardWithinBudget = defineDiagnostic<{ folder: string; count: number; budget: number }>({
  code: 'MS4082',
  name: 'kustomization-within-budget',
  severity: 'warning',
  summary: ({ folder, count, budget }) =>
    `${folder === '' ? 'one kustomization' : `\`${folder}\``} holds ${count} objects, more than ${budget}`,
  why: 'kustomize, and with it Argo CD and Flux, takes time that grows with the square of the objects in one build: thousands take minutes.',
  fix: 'Write `shards: N` in environment.yaml and let one Application or Kustomization apply each `shard-<i>/`.',
  since: '0.1.0',
});

export const legalFileName = defineDiagnostic<{ path: string; reason: string }>({
  code: 'MS4083',
  name: 'legal-file-name',
  severity: 'error',
  summary: ({ path, reason }) => `what this asks for would be written to \`${path}\`, but ${reason}`,
  why: 'A file of that name cannot be checked out on every machine, so whoever clones the repository there would lose it.',
  fix: 'Give it another name: `host:` says what callers call it, `names:` what its objects are called; `layout: single` needs no name at all.',
  since: '0.1.0',
});
