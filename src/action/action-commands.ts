/** What a command answers, and so how it is told on a forge. */
export type Telling =
  /** SARIF of its findings. */
  | 'findings'
  /** Markdown for the job's summary. */
  | 'markdown'
  /** JSON of pull requests, and of rollouts that wait. */
  | 'proposals'
  /** JSON of branches that hold rendered output. */
  | 'publication'
  /** JSON of rollouts. */
  | 'rollouts'
  /** What people read in a terminal. */
  | 'text';

/** Inputs of the step that not every command takes. */
export type CommandInput = 'environment' | 'base' | 'rollout' | 'rerender' | 'dry-run';

export interface ActionCommand {
  readonly name: string;
  readonly words: readonly string[];
  readonly telling: Telling;
  readonly takes: readonly CommandInput[];
  /** Whether it asks the remote or the forge, and so gets the token. */
  readonly asksForge: boolean;
  /** What exit code 2 is, where the command compares. */
  readonly difference?: 'answer' | 'failure';
  /** What `rollout` says, where it is empty. */
  readonly rollout?: 'all' | 'needed';
}

const local = { takes: ['environment'], asksForge: false } as const;
const remote = { takes: ['environment', 'base', 'dry-run'], asksForge: true } as const;
const moving = { ...remote, telling: 'proposals', takes: [...remote.takes, 'rollout'] } as const;

const commands: Readonly<Record<string, Omit<ActionCommand, 'name' | 'words'>>> = {
  check: { ...local, telling: 'findings' },
  test: { ...local, telling: 'findings' },
  verify: { ...local, telling: 'findings', takes: [] },
  render: { ...local, telling: 'text' },
  'render --check': { ...local, telling: 'text', difference: 'failure' },
  diff: { ...local, telling: 'markdown', takes: ['environment', 'base', 'rerender'], difference: 'answer' },
  plan: { ...local, telling: 'markdown' },
  propose: { ...remote, telling: 'proposals' },
  publish: { ...remote, telling: 'publication', takes: ['base', 'dry-run'] },
  'rollout advance': { ...moving, rollout: 'all' },
  'rollout rollback': { ...moving, rollout: 'needed' },
  'rollout status': { ...remote, telling: 'rollouts', takes: ['environment', 'base'] },
};

/** What the input `command` may say: what makes sense in a job, and nothing that only edits the work tree. */
export const actionCommands: ReadonlyMap<string, ActionCommand> = new Map(
  Object.entries(commands).map(([name, command]) => [name, { ...command, name, words: name.split(' ') }]),
);
