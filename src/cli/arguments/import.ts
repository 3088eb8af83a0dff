import type { IstioVersion } from '../../model/istio-version.ts';
import type { CommandArguments } from '../command.ts';
import { istioFlag, namespaceFlag } from './mesh-flags.ts';
import { proposeEnvironments, rootFlag } from './shared-flags.ts';

export type ImportFlags = {
  readonly env: string;
  readonly istio?: IstioVersion;
  readonly namespace?: string;
  readonly userHeader?: string;
  readonly dryRun?: boolean;
  readonly overwrite?: boolean;
  readonly allowChanges?: boolean;
  readonly root?: string;
};

export const importArguments: CommandArguments<ImportFlags, string[]> = {
  brief: 'Write intents for manifests that exist, by which every request is answered as before',
  about: `Reads Istio manifests (folders, files, - for standard input; Lists and several documents, too) as one mesh, and writes intents
into environments/ENV that render them. Before anything is written the intents are compiled and held against the manifests, as \`diff\` does. An
object that intents cannot say stays as it is, in environments/ENV/legacy, and the report says for which field. Services among the input
tell ports; they are not copied.

Exit codes: 0 done, 1 the manifests or the environment have errors, 3 the disk failed (run again), 4 refused: a file would be overwritten,
or a request would be answered otherwise.`,
  examples: [
    { line: 'mainsheet import --env prod k8s/ services/', does: 'Bring a folder of manifests under intents' },
    { line: 'mainsheet import --env prod k8s/ --dry-run', does: 'See what would be written, and why some objects stay as they are' },
    { line: 'kubectl get vs,dr,gw,se,svc -A -o yaml | mainsheet import --env prod -', does: 'Import what a cluster holds' },
    { line: 'helm template shop ./chart | mainsheet import --env prod --namespace shop -', does: 'Import what a chart renders' },
  ],
  parameters: {
    flags: {
      env: {
        kind: 'parsed',
        parse: environmentName,
        brief: 'The environment that the intents are for; its environment.yaml is written where there is none',
        placeholder: 'NAME',
        proposeCompletions: proposeEnvironments,
      },
      istio: { ...istioFlag, brief: "The mesh's version of Istio, of a new environment; the newest known where not given" },
      namespace: {
        ...namespaceFlag,
        brief: 'The namespace of objects that name none, of a new environment; else the one that most are in',
      },
      userHeader: {
        kind: 'parsed',
        parse: String,
        brief: 'The header by which users are told, of a new environment; default: end-user, where routes ask for it',
        placeholder: 'NAME',
        optional: true,
      },
      dryRun: { kind: 'boolean', optional: true, withNegated: false, brief: 'Show the texts on stdout, and write nothing' },
      overwrite: { kind: 'boolean', optional: true, withNegated: false, brief: 'Write also where other texts stand' },
      allowChanges: {
        kind: 'boolean',
        optional: true,
        withNegated: false,
        brief: 'Write intents also where requests would be answered otherwise, and show for which',
      },
      root: rootFlag,
    },
    aliases: { e: 'env' },
    positional: {
      kind: 'array',
      parameter: { parse: String, brief: 'Manifests: a folder, a file, or -', placeholder: 'PATH' },
      minimum: 1,
    },
  },
};

/** The name of a folder, as environments have one. */
function environmentName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(text)) return text;
  throw new SyntaxError(`"${text}" is no name of an environment; write letters, digits and hyphens, such as prod`);
}
