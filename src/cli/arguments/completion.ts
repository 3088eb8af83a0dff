import type { CommandArguments } from '../command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const completionArguments: CommandArguments<Record<never, never>, [shell: Shell]> = {
  brief: 'Print a script that completes commands, flags, environments and intents in a shell',
  about: 'The script asks mainsheet itself for each completion, so it knows the environments and intents of the folder you are in.',
  examples: [
    { line: 'source <(mainsheet completion bash)', does: 'Bash, in this shell; put the line into ~/.bashrc to keep it' },
    { line: 'source <(mainsheet completion zsh)', does: 'Zsh, after compinit; put the line into ~/.zshrc to keep it' },
    { line: 'mainsheet completion fish > ~/.config/fish/completions/mainsheet.fish', does: 'Fish' },
  ],
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: (input: string): Shell => {
            const shell = shells.find((candidate) => candidate === input);
            if (shell === undefined) throw new Error(`there is none for "${input}", only for ${shells.join(', ')}`);
            return shell;
          },
          brief: shells.join(', '),
          placeholder: 'SHELL',
          proposeCompletions: (partial: string) => shells.filter((shell) => shell.startsWith(partial)),
        },
      ],
    },
  },
};
