import { execFileSync } from 'node:child_process';

const person = { NAME: 'jason', EMAIL: 'jason@bookinfo.example.com', DATE: '2026-11-24T12:00:00Z' };

/** Runs git in a folder as jason, at noon. */
export function gitIn(folder: string, line: string): void {
  const named = Object.entries(person).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  const env = { PATH: process.env.PATH ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...Object.fromEntries(named) };
  execFileSync('git', line.split(' '), { cwd: folder, env });
}
