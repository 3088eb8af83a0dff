import { type IstioVersion, parseIstioVersion } from '../../model/istio-version.ts';
import type { DiagnosticsFormatName } from '../../report/formats.ts';
import type { CommandArguments } from '../command.ts';
import { environmentsFlag, formatFlag, rootFlag } from './shared-flags.ts';

export type CheckFlags = {
  readonly env?: readonly string[];
  readonly format: DiagnosticsFormatName;
  readonly manifests?: readonly string[];
  readonly istio?: IstioVersion;
  readonly namespace?: string;
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
      manifests: {
        kind: 'parsed',
        parse: String,
        brief: 'Check these Kubernetes manifests instead of intents: a folder, a file, or - for standard input; may be repeated',
        placeholder: 'PATH',
        optional: true,
        variadic: true,
      },
      istio: {
        kind: 'parsed',
        parse: parseVersion,
        brief: "With --manifests: the mesh's version of Istio; the newest known where not given",
        placeholder: 'VERSION',
        optional: true,
      },
      namespace: {
        kind: 'parsed',
        parse: parseNamespace,
        brief: 'With --manifests: the namespace of objects that name none',
        placeholder: 'NAME',
        optional: true,
      },
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

function parseVersion(text: string): IstioVersion {
  const version = parseIstioVersion(text);
  if (version === undefined) throw new SyntaxError(`"${text}" is no version of Istio; write one such as 1.29`);
  return version;
}

/** A DNS label, as Kubernetes has it. */
function parseNamespace(text: string): string {
  if (/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new SyntaxError(`"${text}" is no namespace; write lower-case letters, digits and hyphens, at most 63, such as bookinfo`);
}
