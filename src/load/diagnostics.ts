import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const unknownEnvironment = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: 'MS1060',
  name: 'known-environment',
  severity: 'error',
  summary: ({ name, known }) =>
    `there is no environment \`${name}\`${known.length > 0 ? `; there ${known.length === 1 ? 'is' : 'are'} ${listWords(known)}` : ''}`,
  why: 'An environment is a folder under `environments/` that holds an `environment.yaml`.',
  fix: 'Name an existing folder, or create `environments/<name>/environment.yaml`. `mainsheet init` writes a repository that renders.',
  since: '0.1.0',
});

export const noEnvironments = defineDiagnostic<{ folder: string }>({
  code: 'MS1061',
  name: 'some-environment',
  severity: 'error',
  summary: ({ folder }) => `no environment found: no folder under \`${folder}/\` holds an \`environment.yaml\``,
  why: 'Without an environment there is nothing to render; treating this as "everything was deleted" would empty a mesh.',
  fix: 'Run the command at the top of the repository, name it with --root, or start with `mainsheet init`.',
  since: '0.1.0',
});

export const orderNamesOnce = defineDiagnostic<{ name: string }>({
  code: 'MS1058',
  name: 'order-names-once',
  severity: 'error',
  summary: ({ name }) => `\`order\` names the environment \`${name}\` twice`,
  why: 'A version goes through each environment once; from the second place it would have to wait for itself.',
  fix: 'Keep the place at which versions come there.',
  since: '0.1.0',
});

export const environmentNamedByFolder = defineDiagnostic<{ written: string; folder: string }>({
  code: 'MS1062',
  name: 'environment-named-by-folder',
  severity: 'error',
  summary: ({ written, folder }) => `the environment in the folder \`${folder}\` calls itself \`${written}\``,
  why: 'Folder, output folder and commands know an environment by one name.',
  fix: 'Write `environment: <the name of the folder>`.',
  since: '0.1.0',
});

export const acyclicExtends = defineDiagnostic<{ cycle: readonly string[] }>({
  code: 'MS1063',
  name: 'acyclic-extends',
  severity: 'error',
  summary: ({ cycle }) => `\`extends\` goes in a circle: ${cycle.join(' → ')}`,
  why: 'Each environment is merged onto the ones it extends; in a circle nobody comes first.',
  fix: 'Move what both share into a third folder with `abstract: true`, and let both extend that.',
  since: '0.1.0',
});

export const concreteEnvironment = defineDiagnostic<{ name: string }>({
  code: 'MS1092',
  name: 'concrete-environment',
  severity: 'error',
  summary: ({ name }) => `the environment \`${name}\` is abstract, so there is nothing to render`,
  why: 'An abstract folder is only there to be extended: rendered by itself it would put objects into a mesh that nobody named.',
  fix: 'Name an environment that extends it, or remove `abstract: true`.',
  since: '0.1.0',
});

export const uniqueIntent = defineDiagnostic<{ title: string; folder: string }>({
  code: 'MS1064',
  name: 'unique-intent',
  severity: 'error',
  summary: ({ title, folder }) => `${title} is written twice in \`${folder}\``,
  why: 'Within one folder neither text comes first, so their order could not decide which one holds.',
  fix: 'Join the two documents, or move one of them to a folder that the environment extends.',
  since: '0.1.0',
});

export const knownIntentKind = defineDiagnostic<{ key: string }>({
  code: 'MS1065',
  name: 'known-intent-kind',
  severity: 'error',
  summary: ({ key }) => (key === '' ? 'this file says nothing' : `this document starts with \`${key}\`, which is no kind of intent`),
  why: 'The first key of a document names its kind and the intent: `service: reviews`, `gateway: …`, `external: …` or `train: …`.',
  fix: 'Start the document with its kind, or delete a file that shall say nothing. Hand-written Istio objects belong in a folder that the environment lists under `manifests:`.',
  since: '0.1.0',
});

export const oneEnvironmentDocument = defineDiagnostic<{ count: number }>({
  code: 'MS1066',
  name: 'one-environment-document',
  severity: 'error',
  summary: ({ count }) => (count === 0 ? '`environment.yaml` holds no document' : `\`environment.yaml\` holds ${count} documents`),
  why: 'What holds for a whole environment stands in one place.',
  fix: 'Write one document that starts with `environment: <name>`; intents go into files of their own.',
  since: '0.1.0',
});

export const meshVersionGiven = defineDiagnostic<{ name: string }>({
  code: 'MS1067',
  name: 'mesh-version-given',
  severity: 'error',
  summary: ({ name }) => `the environment \`${name}\` does not say which Istio its mesh runs`,
  why: 'The version picks the dialect: apiVersion, field names and what the mesh can do at all. A guess could be rejected by the mesh.',
  fix: 'Write `istio: "1.29"` (the output of `istioctl version`, in quotes) in the environment or in one that it extends.',
  since: '0.1.0',
});

export const knownMeshVersion = defineDiagnostic<{ written: string; newest: string }>({
  code: 'MS1068',
  name: 'known-mesh-version',
  severity: 'error',
  summary: ({ written, newest }) => `\`${written}\` is not a version of Istio that Mainsheet knows (1.0 to ${newest})`,
  why: 'The version picks the dialect; for an unknown one nobody can say what the mesh accepts.',
  fix: 'Write a version in quotes, such as `istio: "1.29"`. For a newer mesh write the newest known one: newer Istio releases accept its dialect.',
  since: '0.1.0',
});

export const knownManifestShape = defineDiagnostic<{ missing: string }>({
  code: 'MS1090',
  name: 'manifest-is-an-object',
  severity: 'error',
  summary: ({ missing }) => `this is no Kubernetes object that can be checked: it has no \`${missing}\``,
  why: 'It would be applied as it is. The cluster refuses what has no apiVersion, kind and name; what it names itself nobody can refer to.',
  fix: 'Write apiVersion, kind and metadata.name, also in place of generateName, or move the file out of the folder.',
  since: '0.1.0',
});

export const existingFolder = defineDiagnostic<{ word: string; folder: string }>({
  code: 'MS1091',
  name: 'existing-folder',
  severity: 'error',
  summary: ({ word, folder }) => `\`${word}:\` names \`${folder}\`, but no YAML file stands there`,
  why: 'A mistyped folder would silently leave its objects out of the render.',
  fix: 'Name a folder relative to the environment that lists it, with at least one .yaml file.',
  since: '0.1.0',
});

export const classicApi = defineDiagnostic<{ kind: string }>({
  code: 'MS1093',
  name: 'classic-api',
  severity: 'error',
  summary: ({ kind }) => `${kind} belongs to Kubernetes' Gateway API, which Mainsheet does not read yet`,
  why: "Gateway API routes stand beside Istio's own; passed through unread, nobody could say what the mesh does.",
  fix: "Keep Gateway API objects in a folder that Mainsheet does not render, or say the same with intents for Istio's classic gateways.",
  since: '0.1.0',
});

export const outputApart = defineDiagnostic<{ rendered: string; input: string }>({
  code: 'MS1094',
  name: 'output-apart',
  severity: 'error',
  summary: ({ rendered, input }) => `the rendered folder \`${rendered}\` lies in \`${input}\`, which is read as input`,
  why: 'The next run would read what this one wrote.',
  fix: 'Name a folder of its own, such as `rendered: {path: rendered}`.',
  since: '0.1.0',
});

export const gatewayApiUnread = defineDiagnostic<{ kind: string }>({
  code: 'MS1095',
  name: 'gateway-api-unread',
  severity: 'info',
  summary: ({ kind }) => `this ${kind} belongs to Kubernetes' Gateway API, which is not checked`,
  why: "Its routes stand beside Istio's own, so what is said here of hosts and gateways leaves them out.",
  fix: 'Nothing to do; check it with a tool that knows the Gateway API.',
  since: '0.1.0',
});

export const renderedManifests = defineDiagnostic<{ file: string }>({
  code: 'MS1096',
  name: 'rendered-manifests',
  severity: 'error',
  summary: ({ file }) => `${file} is a template, not a manifest`,
  why: 'What a template becomes is not known before it is rendered, so nothing in it can be checked.',
  fix: 'Check what it renders to: `helm template … | mainsheet check --manifests -`, or name a folder without the templates.',
  since: '0.1.0',
});

export const someCrd = defineDiagnostic<Record<never, never>>({
  code: 'MS1097',
  name: 'some-crd',
  severity: 'error',
  summary: () => 'what is given as CRDs defines no kind of Istio',
  why: 'Without definitions of the cluster nothing would be judged by them.',
  fix: 'Write them with `kubectl get crds -o yaml > crds/all.yaml`, or name the folder of the Istio chart that holds them.',
  since: '0.1.0',
});

export const someManifest = defineDiagnostic<Record<never, never>>({
  code: 'MS1098',
  name: 'some-manifest',
  severity: 'error',
  summary: () => 'no Kubernetes object arrived on standard input',
  why: 'The command before the pipe may have failed, and then nothing has been checked.',
  fix: 'Run that command by itself and see what it prints; in scripts write `set -o pipefail`, so that its failure is not lost.',
  since: '0.1.0',
});

export const manifestsAtPath = defineDiagnostic<{ path: string }>({
  code: 'MS1099',
  name: 'manifests-at-path',
  severity: 'warning',
  summary: ({ path }) => `${path} holds no Kubernetes object, so nothing in it was checked`,
  why: 'A path that is not the one that was meant looks like manifests without a fault.',
  fix: 'Name the file or folder that holds the manifests; in folders files that end in .yaml, .yml or .json are read.',
  since: '0.1.0',
});

export const wholeMesh = defineDiagnostic<{ unread: number }>({
  code: 'MS1059',
  name: 'whole-mesh',
  severity: 'info',
  summary: ({ unread }) =>
    `${unread === 1 ? 'one part of the input' : `${unread} parts of the input`} could not be read, so objects were checked one by one and not beside one another`,
  why: 'What stands in the unread part would be reported as missing wherever other objects refer to it.',
  fix: 'Mend the errors of reading first; the rules about several objects run then.',
  since: '0.1.0',
});
