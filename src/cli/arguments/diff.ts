import { type IstioVersion, parseIstioVersion } from '../../model/istio-version.ts';
import type { PatchStyle } from '../../report/comparison-text.ts';
import type { CommandArguments } from '../command.ts';
import { environmentsFlag, rootFlag } from './shared-flags.ts';

export const diffFormats = ['text', 'markdown', 'json'] as const;

export type DiffFormat = (typeof diffFormats)[number];

export type DiffFlags = {
  readonly env?: readonly string[];
  readonly base?: string;
  readonly head?: string;
  readonly rerender?: boolean;
  readonly manifests?: boolean;
  readonly format: DiffFormat;
  readonly patch?: PatchStyle;
  readonly exitCode?: boolean;
  readonly istio?: IstioVersion;
  readonly namespace?: string;
  readonly noCache?: boolean;
  readonly root?: string;
};

export const diffArguments: CommandArguments<DiffFlags, string[]> = {
  brief: 'Show whose requests a change moves, and which objects change',
  about: `Compares what the intents say now with what stands under rendered/, here or (--base) in any commit; or two environments, or two
folders of anyone's manifests. No file, branch or index is touched, and no server is asked.
First come requests: for each service and virtual host the classes of requests for which something changes, with a request of the class,
their shares before and after, how much of them moves, what fails or works from then on, and which timeouts, retries or policies change.
A class is exact, not a sample; where a pattern is too large to tell, it says undecided. Then come objects.

Exit codes: 0 compared, 1 an input has errors, 2 with --exit-code: something differs, 3 the disk or git failed (run again), 4 refused.`,
  examples: [
    { line: 'mainsheet diff', does: 'What the next render changes, in every environment' },
    { line: 'mainsheet diff --env prod --patch unified', does: 'One environment, with the objects line by line' },
    { line: 'mainsheet diff --base main', does: 'What this branch changes, compared with what is rendered on main' },
    {
      line: 'mainsheet diff --base v1.4.0 --rerender',
      does: 'The same against the intents of a release, rendered again with this version',
    },
    { line: 'mainsheet diff staging prod', does: 'How requests fare in prod, compared with staging' },
    { line: 'mainsheet diff --manifests k8s/old k8s/new', does: "Two folders of anyone's Istio manifests" },
    { line: 'mainsheet diff --format markdown > comment.md', does: 'A comment for a pull request' },
    { line: 'mainsheet diff --exit-code', does: 'Fail a job when anything would change' },
  ],
  parameters: {
    flags: {
      env: { ...environmentsFlag, brief: 'Only this environment; two are compared with one another' },
      base: {
        kind: 'parsed',
        parse: String,
        brief: 'Compare with what this commit holds: a branch, tag, hash, or a branch of the remote that was fetched',
        placeholder: 'REF',
        optional: true,
      },
      head: {
        kind: 'parsed',
        parse: String,
        brief: 'With --base: compile the intents of this commit, not those in the work tree',
        placeholder: 'REF',
        optional: true,
      },
      rerender: {
        kind: 'boolean',
        optional: true,
        withNegated: false,
        brief: 'With --base: compile its intents again, instead of reading what is rendered there',
      },
      manifests: { kind: 'boolean', optional: true, withNegated: false, brief: 'The two are folders or files of Kubernetes manifests' },
      format: { kind: 'enum', values: diffFormats, default: 'text', brief: 'Form of the answer' },
      patch: {
        kind: 'enum',
        values: ['unified', 'rfc6902'],
        optional: true,
        brief: 'Show how objects change: as a diff of their YAML, or as JSON Patch operations',
      },
      exitCode: { kind: 'boolean', optional: true, withNegated: false, brief: 'Exit with 2 when something differs' },
      istio: {
        kind: 'parsed',
        parse: parseVersion,
        brief: "With --manifests: the mesh's version of Istio; the newest known where not given",
        placeholder: 'VERSION',
        optional: true,
      },
      namespace: {
        kind: 'parsed',
        parse: String,
        brief: 'With --manifests: the namespace of objects that name none',
        placeholder: 'NAME',
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
    positional: {
      kind: 'array',
      parameter: { parse: String, brief: 'Two environments, or two folders of manifests: before and after', placeholder: 'WHAT' },
      maximum: 2,
    },
  },
};

function parseVersion(text: string): IstioVersion {
  const version = parseIstioVersion(text);
  if (version === undefined) throw new SyntaxError(`"${text}" is no version of Istio; write one such as 1.29`);
  return version;
}
