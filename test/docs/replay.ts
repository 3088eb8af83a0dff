import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtCli } from '../cli/built-cli.ts';
import { type CodeBlock, codeBlocks } from './code-blocks.ts';

/**
 * A page as it would read if it were true. Done in order, in `folder`: each block whose first line names a path is written to that
 * path, each `console` block is run line by line. Returned is the page with the output that the commands really had.
 */
export function replay(page: string, folder: string): string {
  const programs = stubPrograms();
  let replayed = '';
  let end = 0;
  for (const block of codeBlocks(page)) {
    replayed += page.slice(end, block.start) + replayBlock(block, folder, programs);
    end = block.end;
  }
  return replayed + page.slice(end);
}

function replayBlock({ language, words, text }: CodeBlock, folder: string, programs: string): string {
  const path = words.at(-1);
  if (path?.includes('/') === true) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (language !== 'console') return text;
  const commands = text.split('\n').filter((line) => line.startsWith('$ '));
  return commands.map((line) => `${line}\n${run(line.slice(2), folder, programs)}`).join('');
}

/** What a terminal would show of a command line: both streams, in the order in which they were written. */
export function run(line: string, folder: string, programs: string = stubPrograms()): string {
  const { stdout, error } = spawnSync('bash', ['-c', `exec 2>&1\n${line}`], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${programs}:${process.env.PATH ?? ''}`,
      HOME: programs,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'jason',
      GIT_AUTHOR_EMAIL: 'jason@bookinfo.example.com',
      GIT_COMMITTER_NAME: 'jason',
      GIT_COMMITTER_EMAIL: 'jason@bookinfo.example.com',
    },
  });
  if (error !== undefined) throw error;
  return stdout;
}

/** The programs that pages call by name: the built command, and what leads to it. `make` stands for a build that was up to date. */
function stubPrograms(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-programs-'));
  const call = `exec '${process.execPath}' '${builtCli()}'`;
  const programs = { mainsheet: `${call} "$@"`, npx: `shift\n${call} "$@"`, make: `${call} "$@"` };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}
