import { spawn } from 'node:child_process';
import type { Variables } from './variables.ts';

/** One command of git's. Words that someone else chose come behind `--end-of-options` or `--`, and are checked before (see names.ts). */
export interface GitCommand {
  readonly folder: string;
  readonly words: readonly string[];
  readonly variables: Variables;
  readonly input?: string | Uint8Array;
  /** Of the answer; more is a failure. */
  readonly mostBytes?: number;
  /** Milliseconds. */
  readonly patience?: number;
}

/** What came of a command. `code` is undefined where it did not end by itself. */
export interface GitAnswer {
  readonly code: number | undefined;
  readonly output: Buffer;
  readonly errors: string;
  readonly failure?: GitFailure;
}

/** Why a command has no answer of its own. */
export type GitFailure = 'no-git' | 'timed-out' | 'too-large';

/** Larger answers than a repository of intents gives. */
const defaultBytes = 512 * 1024 * 1024;
const errorBytes = 64 * 1024;
const defaultPatience = 120_000;
/** Between asking it to end and ending it. */
const grace = 2_000;

/** Runs git, without a shell, and waits for its end. Never throws for what git, the disk or the repository is to blame for. */
export function runGit({
  folder,
  words,
  variables,
  input,
  mostBytes = defaultBytes,
  patience = defaultPatience,
}: GitCommand): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const child = spawn('git', words, { cwd: folder, env: variables, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let failure: GitFailure | undefined;
    let bytes = 0;
    const end = (why: GitFailure): void => {
      failure ??= why;
      child.kill('SIGTERM');
      setTimeout(() => {
        child.kill('SIGKILL');
        // What it started may live on and hold the pipes, such as an agent that asks for a passphrase.
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, grace).unref();
    };
    const timer = setTimeout(() => end('timed-out'), patience);
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) end('too-large');
      else output.push(chunk);
    });
    let told = 0;
    child.stderr?.on('data', (chunk: Buffer) => {
      if (told < errorBytes) errors.push(chunk);
      told += chunk.length;
    });
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      resolve({
        code: failure === undefined && code !== null ? code : undefined,
        output: Buffer.concat(output),
        errors: Buffer.concat(errors).toString('utf8'),
        ...(failure === undefined ? {} : { failure }),
      });
    };
    child.on('error', () => {
      // The folder exists: it was opened before. What is missing is the program.
      failure ??= 'no-git';
      finish(null);
    });
    child.on('close', finish);
    // A command that ends before it has read everything says why on its own.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
