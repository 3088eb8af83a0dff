import type { DiagnosticsFormatName } from '../../report/formats.ts';
import type { CommandArguments } from '../command.ts';
import { istioFlag, type MeshFlags, manifestsFlag, namespaceFlag } from './mesh-flags.ts';
import { environmentsFlag, formatFlag, rootFlag } from './shared-flags.ts';

export type CheckFlags = MeshFlags & {
  readonly env?: readonly string[];
  readonly format: DiagnosticsFormatName;
  readonly crds?: string;
  readonly noCache?: boolean;
  readonly root?: string;
};

export const checkArguments: CommandArguments<CheckFlags, []> = {
  brief: 'Find everything that is wrong with the intents, and write nothing',
  about: `Compiles each environment as render does, and prints what it found on stdout: errors, and warnings about what is legal but
rarely meant. Every finding has a code; \`mainsheet explain CODE\` says more about it.

Exit codes: 0 no errors (there may be warnings), 1 errors, 3 the disk failed (run again), 4 an input was refused for safety.`,
  examples: [
    { line: 'mainsheet check', does: 'Check every environment' },
    { line: 'mainsheet check --env prod', does: 'Check one' },
    { line: 'mainsheet check --manifests k8s/', does: "Check anyone's Istio manifests" },
    { line: 'helm template shop ./chart | mainsheet check --manifests -', does: 'Check what another tool writes' },
    { line: 'mainsheet check --format github', does: 'In a GitHub workflow: findings appear beside the lines of the pull request' },
    { line: 'mainsheet check --format sarif > mainsheet.sarif', does: 'A file for code scanning' },
    { line: 'mainsheet check --format gitlab > gl-code-quality-report.json', does: "A report for GitLab's merge requests" },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      format: formatFlag('Form of the findings'),
      manifests: manifestsFlag(
        'Check these Kubernetes manifests instead of intents: a folder, a file, or - for standard input; may be repeated',
      ),
      istio: istioFlag,
      namespace: namespaceFlag,
      crds: {
        kind: 'parsed',
        parse: String,
        brief: "With --manifests: judge by the cluster's own CustomResourceDefinitions in this folder or file",
        placeholder: 'PATH',
        optional: true,
      },
      noCache: {
        kind: 'boolean',
        optional: true,
        withNegated: false,
        brief: 'Parse every input again; the result is the same, only later',
      },
      root: rootFlag,
    },
    aliases: { e: 'env' },
  },
};
