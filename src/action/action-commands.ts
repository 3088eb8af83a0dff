/** How a command's answer is told on a forge. */
export type Telling =
  /** SARIF for the report, workflow commands for the lines of the pull request. */
  | 'findings'
  /** Markdown for the job's summary. */
  | 'markdown'
  /** JSON of pull requests. */
  | 'proposals'
  /** What people read in a terminal. */
  | 'text';

export interface ActionCommand {
  readonly words: readonly string[];
  readonly telling: Telling;
  /** What the action itself asks for, besides the form of the answer. */
  readonly flags: readonly string[];
  /** Inputs that become flags of this command. */
  readonly takes: readonly ('environment' | 'base')[];
  /** Whether it asks the remote or the forge, and so gets the token. */
  readonly asksForge: boolean;
  /** What exit code 2 is, where the command compares. */
  readonly difference?: 'answer' | 'failure';
}

const local = { flags: [], takes: ['environment'], asksForge: false } as const;
const remote = { flags: [], takes: ['environment', 'base'], asksForge: true } as const;

const commands: Readonly<Record<string, Omit<ActionCommand, 'words'>>> = {
  check: { ...local, telling: 'findings' },
  test: { ...local, telling: 'findings' },
  verify: { ...local, telling: 'findings', takes: [] },
  render: { ...local, telling: 'text', flags: ['--diagnostics=github'] },
  'render --check': { ...local, telling: 'text', flags: ['--diagnostics=github'], difference: 'failure' },
  diff: { ...local, telling: 'markdown', flags: ['--exit-code'], takes: ['environment', 'base'], difference: 'answer' },
  plan: { ...local, telling: 'markdown' },
  propose: { ...remote, telling: 'proposals' },
  publish: { ...remote, telling: 'text', takes: ['base'] },
  'rollout advance': { ...remote, telling: 'proposals' },
  'rollout rollback': { ...remote, telling: 'proposals' },
  'rollout status': { ...remote, telling: 'text' },
};

/** What the input `command` may say: what makes sense in a job, and nothing that only edits the work tree. */
export const actionCommands: ReadonlyMap<string, ActionCommand> = new Map(
  Object.entries(commands).map(([name, command]) => [name, { ...command, words: name.split(' ') }]),
);
