import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', '.bin');
const program = join(bin, 'gitea');
const stampFile = `${program}.stamp`;
const refusalFile = `${program}.refusal`;
/** Of a build from nothing: ten minutes on two cores, at the lowest priority. A job of CI has ninety for everything. */
const patience = 40 * 60_000;

export interface BuiltGitea {
  readonly program: string;
  /** Its templates and the like, which a build of the module alone leaves where they are. */
  readonly staticRoot: string;
}

/** Gitea, or why there is none here: 'needs Go', 'go build: dial tcp: no such host'. */
export type PossibleGitea = { readonly gitea: BuiltGitea; readonly absent?: never } | { readonly gitea?: never; readonly absent: string };

/**
 * Gitea as a tool of the Go module beside this file: ten minutes the first time, afterwards what is there. Where Go or a C compiler is missing, or
 * the modules cannot be had, there is a reason instead, to be said by name; it is found out once for all files of a run.
 */
export async function possibleGitea(): Promise<PossibleGitea> {
  const refused = refusalOfThisRun();
  const made = refused === undefined ? await make() : { absent: refused };
  if (made.absent !== undefined) {
    mkdirSync(bin, { recursive: true });
    writeFileSync(refusalFile, `${process.ppid}\n${made.absent}`);
    process.stderr.write(`Gitea's plays are skipped: ${made.absent}\n`);
  }
  return made;
}

/** A title that says why what it stands for is skipped. */
export function titled(title: string, { absent }: PossibleGitea): string {
  return absent === undefined ? title : `${title}: skipped, ${absent}`;
}

/** Each file has a process of its own, and all of a run one parent. */
function refusalOfThisRun(): string | undefined {
  if (!existsSync(refusalFile)) return undefined;
  const [run, ...reason] = readFileSync(refusalFile, 'utf8').split('\n');
  if (run === String(process.ppid)) return reason.join('\n');
  rmSync(refusalFile);
  return undefined;
}

async function make(): Promise<PossibleGitea> {
  if ((await go('version')).failure !== undefined) return { absent: 'needs Go' };
  const stamp = createHash('sha256')
    .update(readFileSync(join(import.meta.dirname, 'go.sum')))
    .digest('hex');
  if (!existsSync(program) || !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    mkdirSync(bin, { recursive: true });
    process.stderr.write('building Gitea: about ten minutes, once\n');
    const { failure } = await go('build', '-buildvcs=false', '-tags', 'sqlite sqlite_unlock_notify', '-o', program, 'code.gitea.io/gitea');
    if (failure !== undefined) return { absent: `go build: ${failure}` };
    writeFileSync(stampFile, stamp);
  }
  const { output, failure } = await go('list', '-m', '-f', '{{.Dir}}', 'code.gitea.io/gitea');
  // A binary that was kept without its sources has no templates.
  if (failure !== undefined || !existsSync(output)) return { absent: `go list: ${failure ?? 'the module is not here'}` };
  return { gitea: { program, staticRoot: output } };
}

/** SQLite is C: without a compiler a build says so, where it would otherwise make a Gitea that cannot open its database. */
function go(...args: string[]): Promise<{ readonly output: string; readonly failure?: string }> {
  return new Promise((done) => {
    const child = spawn('nice', ['-n', '19', 'go', ...args], {
      cwd: import.meta.dirname,
      env: { ...process.env, CGO_ENABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patience,
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (errors += String(text)));
    child.on('error', (error) => done({ output, failure: error.message }));
    child.on('close', (code, signal) => {
      const last = errors.trim().split('\n').at(-1) ?? '';
      const failure =
        code === 0 ? undefined : signal === null ? last || `ended with ${code}` : `not done within ${patience / 60_000} minutes`;
      done(failure === undefined ? { output: output.trim() } : { output, failure });
    });
  });
}
