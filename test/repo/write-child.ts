/** Runs in a process of its own, so that it can be killed, change its user or its umask. Bundled by `child.ts`. */
import { readFileSync } from 'node:fs';
import { readTree } from '../../src/repo/read-tree.ts';
import { writeRendered } from '../../src/repo/write-rendered.ts';
import type { Assignment, Report } from './child.ts';
import { changes, withEvery } from './disk-faults.ts';

const assignment: Assignment = JSON.parse(readFileSync(0, 'utf8'));
const { root, desired, options = {}, umask, unprivileged = false, killAt = 0 } = assignment;

if (umask !== undefined) process.umask(umask);
if (unprivileged && process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(65534);
  process.setuid?.(65534);
}

let count = 0;
const report = withEvery(
  changes,
  (call, original, args) => {
    count += 1;
    if (count !== killAt) return original(...args);
    if (call === 'writeFileSync') original(...halved(args));
    return process.kill(process.pid, 'SIGKILL');
  },
  work,
);
process.stdout.write(JSON.stringify({ ...report, changes: count }));

function work(): Omit<Report, 'changes'> {
  const { value, diagnostics } =
    desired === undefined
      ? readTree(root, ['.'], () => true)
      : writeRendered(root, 'rendered/prod', new Map(Object.entries(desired)), options);
  return { done: value !== undefined, findings: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

/** A kill can come when half of a text is on disk. */
function halved(args: readonly unknown[]): readonly unknown[] {
  const [handle, text] = args;
  return [handle, typeof text === 'string' ? text.slice(0, text.length / 2) : text];
}
