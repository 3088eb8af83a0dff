import type { DiagnosticsFormatName } from '../../report/formats.ts';
import type { CommandArguments } from '../command.ts';
import { formatFlag, rootFlag } from './shared-flags.ts';

export type VerifyFlags = {
  readonly format: DiagnosticsFormatName;
  readonly root?: string;
};

export const verifyArguments: CommandArguments<VerifyFlags, string[]> = {
  brief: 'Verify that kustomize, Argo CD and Flux each load exactly what stands in a rendered folder',
  about: `Reads rendered folders as \`kubectl kustomize\`, Argo CD's directory loader and Flux read them, and says where one of them would
load less, more or something else than stands there: files that no list names, emptied files, files of others, side files, links, two
kustomizations, rewriting words, words that an engine heeds, sync waves and \`\${}\` that would be misread, names that Flux leaves out, budgets, empty folders. Needs no
cluster and runs none of these tools. Without a path it takes the repository's rendered folder, in which each environment and shard of the
intents must be there. Whether the files are what the intents say is what \`mainsheet render --check\` tells.

Exit codes: 0 each loads exactly that, 1 one does not, 3 the disk failed (run again).`,
  examples: [
    { line: 'mainsheet verify', does: 'Verify every rendered environment' },
    { line: 'mainsheet verify rendered/prod', does: 'Verify one' },
    { line: 'mainsheet verify --format github', does: 'In a GitHub workflow: findings appear beside the files of the pull request' },
  ],
  parameters: {
    positional: {
      kind: 'array',
      parameter: { brief: 'A rendered folder, or one that holds them', parse: String, placeholder: 'DIR' },
    },
    flags: { format: formatFlag('Form of the findings'), root: rootFlag },
  },
};
