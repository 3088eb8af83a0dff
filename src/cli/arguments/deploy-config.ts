import type { DiagnosticsFormatName } from '../../report/formats.ts';
import type { CommandArguments } from '../command.ts';
import { environmentsFlag, formatFlag, rootFlag } from './shared-flags.ts';

export type DeployConfigFlags = {
  readonly env?: readonly string[];
  readonly repo?: string;
  readonly oci?: string;
  readonly revision?: string;
  readonly path?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly cluster?: readonly string[];
  readonly unordered?: boolean;
  readonly project?: string;
  readonly applicationSet?: boolean;
  readonly directory?: boolean;
  readonly waves?: boolean;
  readonly secret?: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly allowPrune?: boolean;
  readonly overwriteEdited?: boolean;
  readonly diagnostics: DiagnosticsFormatName;
  readonly root?: string;
};

const off = { kind: 'boolean', optional: true, withNegated: false } as const;
const text = { kind: 'parsed', parse: String, optional: true } as const;

export const deployConfigArguments: CommandArguments<DeployConfigFlags, [string]> = {
  brief: 'Write the objects by which Argo CD or Flux applies what is rendered',
  about: `Writes, for each environment and each of its shards, an Application (argocd) or a Kustomization (flux) with its source: pruned, but
never down to nothing by a lost file; one environment after the other, as \`order:\` in mainsheet.yaml says; with the fields left alone that
another controller owns (\`weights:\`). Addresses come from git's remote, without user and password.
Without --out they go to standard output, for \`kubectl apply -f -\` or a look.

Exit codes: 0 done, 1 the input has errors, 2 --check found differences, 3 git or the disk failed (run again), 4 refused for safety.`,
  examples: [
    { line: 'mainsheet deploy-config argocd', does: 'Print an Application for each environment' },
    { line: 'mainsheet deploy-config argocd --out deploy', does: 'Write them to deploy/, with a kustomization' },
    { line: 'mainsheet deploy-config argocd --application-set', does: 'One ApplicationSet that syncs the environments in order' },
    {
      line: 'mainsheet deploy-config flux --env prod --secret mesh-git',
      does: 'A GitRepository with credentials, and a Kustomization for prod',
    },
    {
      line: 'mainsheet deploy-config flux --oci oci://registry.example.com/team/mesh --revision prod',
      does: 'The same from an artifact that holds the rendered folder',
    },
    {
      line: 'mainsheet deploy-config argocd --cluster prod=https://prod.example.com:6443',
      does: 'Say which cluster an environment is applied to',
    },
  ],
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, brief: 'The engine: argocd or flux', placeholder: 'ENGINE' }],
    },
    flags: {
      env: environmentsFlag,
      repo: { ...text, brief: "The repository's address; default: git's remote", placeholder: 'URL' },
      oci: { ...text, brief: 'Apply an OCI artifact instead, which holds what is in the rendered folder', placeholder: 'URL' },
      revision: { ...text, brief: 'The branch, commit or ref; of an artifact its tag or digest', placeholder: 'REVISION' },
      path: { ...text, brief: 'Where the rendered environments are in it; default: as in this repository', placeholder: 'DIR' },
      name: { ...text, brief: 'What names of objects begin with; default: mainsheet', placeholder: 'NAME' },
      namespace: { ...text, brief: "The namespace of the engine's own objects; default: argocd or flux-system", placeholder: 'NAME' },
      cluster: {
        ...text,
        variadic: ',',
        brief: 'The cluster of an environment: for argocd its name or address, for flux the Secret with its kubeconfig',
        placeholder: 'ENV=CLUSTER',
      },
      unordered: { ...off, brief: 'Let no environment wait for the one before it' },
      project: { ...text, brief: 'argocd: the AppProject; default: default', placeholder: 'NAME' },
      applicationSet: { ...off, brief: 'argocd: one ApplicationSet instead of Applications' },
      directory: { ...off, brief: 'argocd: load plain files instead of running kustomize' },
      waves: { ...off, brief: 'argocd: apply what routes lead to in a sync wave before them' },
      secret: { ...text, brief: 'flux: the Secret with credentials for the source', placeholder: 'NAME' },
      out: { ...text, brief: 'Write files to this folder, with a kustomization', placeholder: 'DIR' },
      check: { ...off, brief: 'With --out: write nothing; exit 2 if a file would change' },
      allowPrune: { ...off, brief: 'With --out: allow the removal of more than a fifth of the files' },
      overwriteEdited: { ...off, brief: 'With --out: replace files that someone changed by hand' },
      diagnostics: formatFlag('Form of the findings, which go to stderr'),
      root: rootFlag,
    },
    aliases: { e: 'env' },
  },
};
