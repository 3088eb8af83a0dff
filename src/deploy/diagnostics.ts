import { defineDiagnostic } from '../model/diagnostic.ts';

export const deployableName = defineDiagnostic<{ name: string; reason: string }>({
  code: 'MS4601',
  name: 'deployable-name',
  severity: 'error',
  summary: ({ name, reason }) => `an object that applies this would be called \`${name}\`, and none can be: ${reason}`,
  why: 'Argo CD and Flux know what they apply by an object of the cluster, whose name has to tell one environment from another.',
  fix: 'Rename the environment and its folder; where the name is only too long, let names begin with a shorter `--name`.',
  since: '0.1.0',
});

export const deployableNamespace = defineDiagnostic<{ id: string }>({
  code: 'MS4602',
  name: 'deployable-namespace',
  severity: 'error',
  summary: ({ id }) => `${id} has no namespace`,
  why: 'Flux would refuse it, and Argo CD has no namespace to put it into. Having either of them add one changes the object, and not the hosts that others call it by.',
  fix: 'Write `namespace:` in environment.yaml, or in the intent.',
  since: '0.1.0',
});

export const deployableAddress = defineDiagnostic<{ what: string; reason: string }>({
  code: 'MS4603',
  name: 'deployable-address',
  severity: 'error',
  summary: ({ what, reason }) => `${what} ${reason}`,
  why: 'The address stands in an object that many can read and that a cluster fetches by itself: it needs no secret, and no folder of this machine.',
  fix: 'Name the repository with `--repo https://git.example.com/team/mesh.git` (or `ssh://git@…`), or an artifact with `--oci oci://…`.',
  since: '0.1.0',
});

export const deployableRevision = defineDiagnostic<{ revision: string; reason: string }>({
  code: 'MS4604',
  name: 'deployable-revision',
  severity: 'error',
  summary: ({ revision, reason }) => `\`${revision}\` can not be applied: ${reason}`,
  why: 'An engine that looks for a revision that cannot be there applies nothing, and one that matches several applies whichever is the newest.',
  fix: 'Name a branch, a commit, `refs/tags/…`, or of an artifact a tag or a digest.',
  since: '0.1.0',
});

export const engineKnowsWaves = defineDiagnostic<{ engine: string }>({
  code: 'MS4605',
  name: 'engine-knows-waves',
  severity: 'warning',
  summary: ({ engine }) => `\`phases: sync-waves\` means nothing to ${engine}: it applies all objects of a change at once`,
  why: 'A change that is safe in the waves of Argo CD alone is proposed whole, and requests fail where another engine applies it in another order.',
  fix: 'Write `phases: pull-requests`, or take the word out: each phase is then a pull request of its own, safe in every order.',
  since: '0.1.0',
});

export const routesReachTheCluster = defineDiagnostic<{ id: string; service: string; engine: string }>({
  code: 'MS4606',
  name: 'routes-reach-the-cluster',
  severity: 'error',
  summary: ({ id, service, engine }) =>
    `${engine} would keep all routes of ${id} as they are in the cluster, and not the weights of ${service} alone`,
  why: 'It keeps the whole list in which an ignored weight stands. Routes and shares beside it are moved by commits, which would be merged and never arrive, and nothing would say so.',
  fix: 'Expose that service itself, by `expose` or under `hosts` of the gateway, instead of leading to it with `to:`; or write `weights: git`. Flux keeps just the weights.',
  since: '0.1.0',
});

export const foldersOfThisStep = defineDiagnostic<{ environment: string; from: number; to: number }>({
  code: 'MS4607',
  name: 'folders-of-this-step',
  severity: 'warning',
  summary: ({ environment, from, to }) =>
    `${environment} is on its way from ${from} to ${to} shards: these objects apply ${from === 1 ? 'the folder' : `the ${from} folders`} that it has now`,
  why: 'An engine that is sent to a folder which is not there yet applies nothing, and others wait for it.',
  fix: 'Merge this step and let it be applied; then run `mainsheet render --reshard`, and write these objects again with the files that have moved.',
  since: '0.1.0',
});

export const renderedFolderThere = defineDiagnostic<{ path: string }>({
  code: 'MS4608',
  name: 'rendered-folder-there',
  severity: 'warning',
  summary: ({ path }) => `\`${path}\` is not there, and these objects apply it`,
  why: 'An engine that is sent to a folder which is not there applies nothing, and others wait for it.',
  fix: 'Run `mainsheet render`, and commit what it writes with these objects.',
  since: '0.1.0',
});

export const ownerTakenAway = defineDiagnostic<{ kind: string; name: string }>({
  code: 'MS4609',
  name: 'owner-taken-away',
  severity: 'warning',
  summary: ({ kind, name }) => `${kind} ${name} is written no more; in the cluster it stays, with all that it applied`,
  why: 'A lost file must not take a mesh away, so nothing prunes these objects. Left alone, one that is no longer meant goes on looking for its folder, and may fight the one that took its place.',
  fix: 'Once the objects that took its place have synced, delete it by hand, and nothing that it applied with it. What an environment that has ended left in the cluster is deleted by hand as well.',
  since: '0.1.0',
});
