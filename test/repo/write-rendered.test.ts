import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { exitClassOf } from '../../src/repo/exit-class.ts';
import { withMark } from '../../src/repo/mark.ts';
import type { RenderPlan, WriteOptions } from '../../src/repo/plan-writes.ts';
import { readRendered } from '../../src/repo/rendered-folder.ts';
import { writeRendered } from '../../src/repo/write-rendered.ts';
import { children } from './child.ts';
import { calls, withCall, withFault } from './disk-faults.ts';
import { aFolder, contents, files, identity, mode, putFile } from './folders.ts';

interface Files {
  readonly [path: string]: string;
}

const out = 'rendered/prod';

function write(root: string, desired: Files, options: WriteOptions = {}, folder = out): Result<RenderPlan> {
  return writeRendered(root, folder, new Map(Object.entries(desired)), options);
}

function done(result: Result<RenderPlan>): RenderPlan {
  expect(result.diagnostics).toEqual([]);
  if (result.value === undefined) throw new Error('no plan');
  return result.value;
}

function findings(result: Result<unknown>): readonly string[] {
  expect(result.value).toBeUndefined();
  return result.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

function below(desired: Files, folder = out): Record<string, string> {
  return Object.fromEntries(Object.entries(desired).map(([path, text]) => [`${folder}/${path}`, text]));
}

function render(weight: number, names: readonly string[]): Record<string, string> {
  const manifests = names.map((name) => [`service/${name}.yaml`, withMark(`name: ${name}\nweight: ${weight}\n`)]);
  const list = withMark(`resources:\n${names.map((name) => `  - service/${name}.yaml\n`).join('')}`);
  return Object.fromEntries([...manifests, ['kustomization.yaml', list]]);
}

const before = render(10, ['details', 'productpage', 'ratings', 'reviews', 'tcp-echo']);
const after = render(20, ['details', 'helloworld', 'productpage', 'ratings', 'reviews']);

describe('writeRendered', () => {
  it('makes the folder equal to the desired files, and tells what it did', () => {
    const root = aFolder();
    expect(done(write(root, before)).create).toHaveLength(6);
    const plan = done(write(root, after));
    expect(plan).toMatchObject({ create: ['service/helloworld.yaml'], remove: ['service/tcp-echo.yaml'], unchanged: [] });
    expect(files(root)).toEqual(below(after));
  });

  it('writes nothing when run twice', () => {
    const root = aFolder();
    write(root, before);
    const first = identity(root);
    expect(done(write(root, before))).toMatchObject({ create: [], update: [], remove: [], unchanged: Object.keys(before).sort() });
    expect(identity(root)).toEqual(first);
  });

  it('writes only what differs', () => {
    const root = aFolder();
    write(root, before);
    const first = identity(root);
    write(root, { ...before, 'service/ratings.yaml': withMark('name: ratings\n') });
    const changed = Object.entries(identity(root)).filter(([path, is]) => first[path] !== is);
    expect(changed.map(([path]) => path)).toEqual(['rendered/prod/service/', 'rendered/prod/service/ratings.yaml']);
  });

  it('leaves a checkout with CRLF alone', () => {
    const root = aFolder();
    for (const [path, text] of Object.entries(below(before))) putFile(root, path, text.replaceAll('\n', '\r\n'));
    const first = identity(root);
    expect(done(write(root, before)).unchanged).toHaveLength(6);
    expect(identity(root)).toEqual(first);
  });

  it('writes below the root itself, beside git and notes', () => {
    const root = aFolder({ '.git/config.yaml': 'a: 1', 'README.md': '# rendered' });
    done(write(root, before, {}, '.'));
    expect(files(root)).toEqual({ ...before, '.git/config.yaml': 'a: 1', 'README.md': '# rendered' });
  });

  it('writes no folder for nothing', () => {
    const root = aFolder();
    done(write(root, {}));
    expect(contents(root)).toEqual({});
  });

  it('removes the folders that it emptied, and no others', () => {
    const root = aFolder();
    const strays = { 'a/b/c.yaml': withMark('c'), 'a/b/d.yaml': withMark('d'), 'a/e.yaml': withMark('e'), 'f/g.yaml': withMark('g') };
    write(root, { ...before, ...strays });
    putFile(root, `${out}/f/note.txt`, 'mine');
    mkdirSync(join(root, out, 'empty'));
    done(write(root, before, { allowPrune: true }));
    expect(Object.keys(contents(root)).filter((path) => path.endsWith('/'))).toEqual([
      'rendered/',
      'rendered/prod/',
      'rendered/prod/empty/',
      'rendered/prod/f/',
      'rendered/prod/service/',
    ]);
  });

  it('cleans up the temporary files of a killed run, and nothing that is only named alike', () => {
    const names = ['.mainsheet-00000000deadbeef.tmp', 'service/.mainsheet-0123456789abcdef.tmp'];
    const others = { [`${out}/.mainsheet-notes.tmp`]: 'mine', [`${out}/mainsheet-00000000deadbeef.tmp`]: 'mine' };
    const root = aFolder({ ...others, ...below(Object.fromEntries(names.map((name) => [name, 'half a fi']))) });
    expect(done(write(root, before)).temporary).toEqual(names);
    expect(files(root)).toEqual({ ...below(before), ...others });
  });

  it('breaks a hard link instead of writing through it (P03)', () => {
    const root = aFolder({ outside: before['service/reviews.yaml'] ?? '' });
    write(root, before);
    putFile(root, `${out}/x`, '');
    renameSync(join(root, out, 'service/reviews.yaml'), join(root, out, 'x'));
    linkSync(join(root, 'outside'), join(root, out, 'service/reviews.yaml'));
    done(write(root, { ...before, 'service/reviews.yaml': withMark('new') }));
    expect(readFileSync(join(root, 'outside'), 'utf8')).toBe(before['service/reviews.yaml']);
  });

  it('does not remove what it has just written where case is ignored', () => {
    const root = aFolder();
    const others = render(10, ['details', 'productpage', 'ratings', 'tcp-echo', 'helloworld']);
    write(root, { ...others, 'service/Reviews.yaml': withMark('old\n') });
    const desired = { ...others, 'service/reviews.yaml': withMark('new\n') };
    const plan = done(withCall('renameSync', ignoringCase, () => write(root, desired)));
    expect(plan.remove).toEqual(['service/Reviews.yaml']);
    expect(files(root)).toEqual(below({ ...desired, 'service/Reviews.yaml': withMark('new\n') }));
  });
});

/** What a file system that ignores case makes of a rename: both spellings are the one new file. */
function ignoringCase(rename: (...args: never[]) => unknown): (...args: never[]) => unknown {
  return (...args) => {
    const done = rename(...args);
    const target = String(args[1]);
    const alias = target.replace('/reviews.yaml', '/Reviews.yaml');
    if (alias !== target) rmSync(alias);
    if (alias !== target) linkSync(target, alias);
    return done;
  };
}

describe('P02: symbolic links are never written through', () => {
  it.each([
    ['the output folder', 'rendered/prod', 'rendered/prod'],
    ['a folder above it', 'rendered', 'rendered'],
    ['a folder in it', 'rendered/prod/service', 'rendered/prod/service'],
    ['a file in it', 'rendered/prod/service/reviews.yaml', 'rendered/prod/service/reviews.yaml'],
  ])('%s', (_, link, named) => {
    const outside = aFolder({ 'reviews.yaml': before['service/reviews.yaml'] ?? '' });
    const root = aFolder();
    mkdirSync(join(root, link, '..'), { recursive: true });
    symlinkSync(link.endsWith('.yaml') ? join(outside, 'reviews.yaml') : outside, join(root, link));
    const result = write(root, after, { allowPrune: true, overwriteEdited: true });
    expect(findings(result)).toEqual([`MS8001 ${named} is a symbolic link, and none is followed`]);
    expect(exitClassOf(result.diagnostics[0]?.code ?? '')).toBe('refused');
    expect(contents(outside)).toEqual({ 'reviews.yaml': before['service/reviews.yaml'] });
    expect(JSON.stringify(result)).not.toContain(outside);
  });

  it('not even when a folder is swapped for one after it was checked', () => {
    const outside = aFolder({ 'tcp-echo.yaml': 'keep' });
    for (const call of ['openSync', 'lstatSync', 'unlinkSync'] as const) {
      for (let nth = 1; nth < 40; nth++) {
        const root = aFolder();
        write(root, before);
        let count = 0;
        const swapping =
          (original: (...args: never[]) => unknown) =>
          (...args: never[]): unknown => {
            count += 1;
            if (count === nth) {
              renameSync(join(root, out, 'service'), join(root, 'moved'));
              symlinkSync(outside, join(root, out, 'service'));
            }
            return original(...args);
          };
        withCall(call, swapping, () => write(root, after));
        expect(contents(outside)).toEqual({ 'tcp-echo.yaml': 'keep' });
      }
    }
  });
});

describe('P07: the output folder', () => {
  it.each(['rendered', 'rendered/prod'])('is not written where %s is a file', (path) => {
    const root = aFolder({ [path]: 'mine' });
    const result = write(root, before);
    expect(findings(result)).toEqual([`MS8002 the output needs a folder at ${path}, but something else stands there`]);
    expect(exitClassOf(result.diagnostics[0]?.code ?? '')).toBe('refused');
    expect(files(root)).toEqual({ [path]: 'mine' });
  });

  it('is left exactly as it is when anything is refused', () => {
    const root = aFolder({ 'rendered/prod/.mainsheet-00000000deadbeef.tmp': 'half' });
    write(root, before);
    putFile(root, `${out}/service/reviews.yaml`, `${before['service/reviews.yaml']}# mine\n`);
    putFile(root, `${out}/.mainsheet-00000000deadbeef.tmp`, 'half');
    const first = identity(root);
    expect(findings(write(root, after))).toEqual(['MS8003 edited by hand after rendering: rendered/prod/service/reviews.yaml']);
    expect(identity(root)).toEqual(first);
    done(write(root, after, { overwriteEdited: true }));
    expect(files(root)).toEqual(below(after));
  });

  it('takes a file that is not UTF-8 any more for an edited one', () => {
    const root = aFolder();
    write(root, before);
    const path = join(root, out, 'service/reviews.yaml');
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from([0xff])]));
    expect(write(root, before).diagnostics.map(({ code }) => code)).toEqual(['MS8003']);
  });

  it.each(['../out', '/tmp/out', '.git/out', '.github', 'a/../../b', 'rendered\\prod', 'rendered/nul', ''])('is never %j', (folder) => {
    const root = aFolder();
    const result = write(root, before, {}, folder);
    expect(result.diagnostics.map(({ code }) => [code, exitClassOf(code)])).toEqual([['MS1080', 'input']]);
    expect(contents(root)).toEqual({});
  });

  it('is not pruned to nothing by an empty render (P08)', () => {
    const root = aFolder();
    write(root, before);
    const first = identity(root);
    expect(write(root, {}).diagnostics.map(({ code }) => [code, exitClassOf(code)])).toEqual([['MS8006', 'refused']]);
    expect(identity(root)).toEqual(first);
    done(write(root, {}, { allowPrune: true }));
    expect(files(root)).toEqual({});
  });
});

/** Every file is wholly old or new, no foreign byte stands anywhere, and what a kustomization lists exists. */
function expectOldOrNew(root: string): void {
  const now = files(root);
  const temporary = /\/\.mainsheet-[0-9a-f]{16}\.tmp$/;
  for (const [path, text] of Object.entries(now)) {
    if (!temporary.test(path)) expect([below(before)[path], below(after)[path]]).toContain(text);
  }
  const listed = now[`${out}/kustomization.yaml`]?.match(/service\/\S+/g) ?? [];
  for (const path of listed) expect(now).toHaveProperty([`${out}/${path}`]);
}

describe('P09: failures of the disk while writing', () => {
  const errnos = ['ENOSPC', 'EACCES', 'EROFS', 'EDQUOT', 'EIO', 'EMFILE', 'EXDEV', 'ETXTBSY', 'ENAMETOOLONG'] as const;

  it.each(calls)('%s failing at any point, once or from then on, names path and errno, and the next run finishes', (call) => {
    for (const persistent of [false, true]) {
      for (let nth = 1; ; nth++) {
        const errno = errnos[nth % errnos.length] ?? 'EIO';
        const root = aFolder();
        write(root, before);
        const { value: result, reached } = withFault(call, { errno, nth, persistent }, () => write(root, after));
        if (!reached) break;
        const [finding = ''] = findings(result);
        expect(finding).toMatch(new RegExp(`^MS803[01] cannot (read|write|remove) (\\.|rendered\\S*): ${errno}, `));
        expect(exitClassOf(finding.slice(0, 6))).toBe('environment');
        expect(finding).not.toMatch(/proc|\.tmp/);
        expectOldOrNew(root);
        if (call !== 'unlinkSync' && call !== 'closeSync')
          expect(Object.keys(files(root)).filter((path) => path.endsWith('.tmp'))).toEqual([]);
        done(write(root, after));
        expect(files(root)).toEqual(below(after));
      }
    }
  });
});

describe('in a process of its own', () => {
  const run = children();

  it('P09: a folder that may not be written in, and one that may not be read', () => {
    const root = aFolder();
    expect(run({ root, desired: before, unprivileged: true, umask: 0 })?.done).toBe(process.getuid?.() !== 0);
    const locked = aFolder();
    chmodSync(locked, 0o555);
    expect(run({ root: locked, desired: before, unprivileged: true })?.findings).toEqual([
      expect.stringMatching(/^MS8031 cannot write rendered\/prod\/\S+: EACCES, permission denied$/),
    ]);
    const unreadable = aFolder({ 'environments/a.yaml': 'a: 1' });
    chmodSync(join(unreadable, 'environments/a.yaml'), 0);
    expect(run({ root: unreadable, unprivileged: true })?.findings).toEqual([
      'MS8030 cannot read environments/a.yaml: EACCES, permission denied',
    ]);
  });

  it('P09: a limit on the size of files, hit in the middle of one', () => {
    const root = aFolder();
    const desired = { ...before, 'service/large.yaml': withMark('x'.repeat(100_000)) };
    const report = run({ root, desired }, ['sh', '-c', 'trap "" XFSZ; ulimit -f 32; exec "$@"', 'sh']);
    expect(report?.findings).toEqual(['MS8031 cannot write rendered/prod/service/large.yaml: EFBIG, file too large']);
    expect(Object.keys(files(root)).filter((path) => !(path.slice(out.length + 1) in before))).toEqual([]);
    done(write(root, desired));
    expect(files(root)).toEqual(below(desired));
  });

  it.each([0o000, 0o022, 0o077])('P10: writes the same bytes and modes under umask %o', (umask) => {
    const root = aFolder();
    expect(run({ root, desired: before, umask })?.done).toBe(true);
    expect(files(root)).toEqual(below(before));
    const modes = Object.keys(contents(root)).map((path) => [path.endsWith('/'), mode(join(root, path))]);
    expect(new Set(modes.map(String))).toEqual(new Set(['true,493', 'false,420']));
    run({ root, desired: after, umask });
    expect(mode(join(root, out, 'service/reviews.yaml'))).toBe(0o644);
  });

  it('P10: writes the same bytes as a user without privileges or home', () => {
    const root = aFolder();
    chmodSync(root, 0o777);
    expect(run({ root, desired: before, unprivileged: true })?.done).toBe(true);
    expect(files(root)).toEqual(below(before));
  });

  it('C01: killed at any change to the disk, leaves each file old or new, and the next run finishes', () => {
    const rehearsal = aFolder();
    write(rehearsal, before);
    const total = run({ root: rehearsal, desired: after })?.changes ?? 0;
    expect(total).toBeGreaterThan(15);
    for (let killAt = 1; killAt <= total; killAt++) {
      const root = aFolder();
      write(root, before);
      expect(run({ root, desired: after, killAt })).toBeUndefined();
      expectOldOrNew(root);
      done(write(root, after));
      expect(files(root)).toEqual(below(after));
    }
  });

  it('C01: killed during the first render, leaves nothing that stops the next', () => {
    for (let killAt = 1; killAt <= 10; killAt++) {
      const root = aFolder();
      expect(run({ root, desired: after, killAt })).toBeUndefined();
      expectOldOrNew(root);
      done(write(root, after));
      expect(files(root)).toEqual(below(after));
    }
  });
});

describe('readRendered', () => {
  it('finds an empty folder where there is none', () => {
    expect(readRendered(aFolder(), out)).toEqual({ value: new Map(), diagnostics: [] });
  });

  it('does not depend on times of files (D02)', () => {
    const root = aFolder();
    write(root, before);
    utimesSync(join(root, out, 'service/reviews.yaml'), 0, 0);
    expect(done(write(root, before)).unchanged).toHaveLength(6);
    expect(statSync(join(root, out, 'service/reviews.yaml')).mtimeMs).toBe(0);
  });
});
