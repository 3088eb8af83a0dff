import type { DiagnosticsFormatName } from '../../report/formats.ts';
import type { CommandArguments } from '../command.ts';
import { environmentsFlag, formatFlag, rootFlag } from './shared-flags.ts';

export type RenderFlags = {
  readonly env?: readonly string[];
  readonly out?: string;
  readonly stdout?: boolean;
  readonly check?: boolean;
  readonly format: 'yaml' | 'json';
  readonly noCache?: boolean;
  readonly allowPrune?: boolean;
  readonly overwriteEdited?: boolean;
  readonly reshard?: boolean;
  readonly diagnostics: DiagnosticsFormatName;
  readonly root?: string;
};

const off = { kind: 'boolean', optional: true, withNegated: false } as const;

export const renderArguments: CommandArguments<RenderFlags, []> = {
  brief: 'Turn the intents of each environment into Istio manifests under rendered/',
  about: `Reads mainsheet.yaml, environments/ and templates/, refuses what Istio would reject or misread, and makes
rendered/<environment>/ hold exactly those manifests: files are written, replaced and removed, but only files that Mainsheet
wrote itself. Nothing is written when any environment has an error or any file must be refused. Running twice changes nothing.
Manifests are YAML; JSON can only be printed, because a JSON file cannot carry the comment by which Mainsheet knows its own files.

Exit codes: 0 done, 1 the input has errors, 2 --check found differences, 3 the disk failed (run again), 4 refused for safety.`,
  examples: [
    { line: 'mainsheet render', does: 'Render every environment that is not abstract' },
    { line: 'mainsheet render --env staging --env prod', does: 'Render these two only' },
    { line: 'mainsheet render --check', does: 'In CI: write nothing, exit 2 unless rendered/ is what a render would write' },
    {
      line: 'mainsheet render --env prod --stdout | kubectl diff -f -',
      does: 'Print the manifests of one environment instead of writing them',
    },
    { line: 'mainsheet render --out ../preview', does: 'Write to ../preview/<environment>/ and leave rendered/ alone' },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      out: { kind: 'parsed', parse: String, brief: 'Write below this folder instead of rendered/', placeholder: 'DIR', optional: true },
      stdout: { ...off, brief: 'Print the manifests of one environment, and write nothing' },
      check: { ...off, brief: 'Write nothing; exit 2 if a render would change a file' },
      format: {
        kind: 'enum',
        values: ['yaml', 'json'],
        brief: 'Form of the manifests; json needs --stdout',
        default: 'yaml',
      },
      noCache: { ...off, brief: 'Parse every input again; the result is the same, only later' },
      allowPrune: { ...off, brief: 'Allow the removal of more than a fifth of an environment, or of its last file' },
      overwriteEdited: { ...off, brief: 'Replace rendered files that someone changed by hand' },
      reshard: { ...off, brief: 'Take the next step of a changed number of shards: guard, then move' },
      diagnostics: formatFlag('Form of the findings, which go to stderr'),
      root: rootFlag,
    },
    aliases: { e: 'env' },
  },
};
