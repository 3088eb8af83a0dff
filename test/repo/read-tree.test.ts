import { isUtf8 } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { constants, linkSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import type { FileTree } from '../../src/model/source.ts';
import { exitClassOf } from '../../src/repo/exit-class.ts';
import { firstIllFormedByte } from '../../src/repo/read-file.ts';
import { readTree } from '../../src/repo/read-tree.ts';
import { withCall, withFault } from './disk-faults.ts';
import { aFolder, putFile } from './folders.ts';

const isYaml = (path: string): boolean => path.endsWith('.yaml');

function read(root: string, folders: readonly string[] = ['environments']): Result<FileTree> {
  return readTree(root, folders, isYaml);
}

function found(tree: Result<FileTree>): Record<string, string> {
  expect(tree.diagnostics).toEqual([]);
  return Object.fromEntries(tree.value ?? []);
}

function findings(tree: Result<FileTree>): readonly string[] {
  expect(tree.value).toBeUndefined();
  return tree.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

function classes(tree: Result<FileTree>): readonly string[] {
  return tree.diagnostics.map(({ code }) => exitClassOf(code));
}

describe('readTree', () => {
  it('reads the accepted files of the named folders and files, and nothing else', () => {
    const root = aFolder({
      'mainsheet.yaml': 'base: main\n',
      'environments/prod/environment.yaml': 'environment: prod\n',
      'environments/prod/README.md': '# prod\n',
      'src/app.yaml': 'no: input\n',
      'environments/.git/config.yaml': 'no: input\n',
    });
    expect(found(read(root, ['mainsheet.yaml', 'environments', 'templates']))).toEqual({
      'environments/prod/environment.yaml': 'environment: prod\n',
      'mainsheet.yaml': 'base: main\n',
    });
  });

  it('reads the root itself as "."', () => {
    expect(found(read(aFolder({ 'a.yaml': 'a', 'b/c.yaml': 'c' }), ['.']))).toEqual({ 'a.yaml': 'a', 'b/c.yaml': 'c' });
  });

  it('reads a file once, however often its folder is named', () => {
    const root = aFolder({ 'environments/prod/a.yaml': 'a' });
    const names = ['environments/prod', 'environments', 'environments/', 'environments/prod/a.yaml'];
    expect(found(read(root, names))).toEqual({ 'environments/prod/a.yaml': 'a' });
  });

  it('reads the same whatever the order of creation, of names, and of the working directory (D02)', () => {
    const paths = ['environments/b/z.yaml', 'environments/a-b/x.yaml', 'environments/a/x.yaml', 'environments/B.yaml', 'legacy/é.yaml'];
    const trees = [paths, paths.toReversed()].map((order) => {
      const root = aFolder(Object.fromEntries(order.map((path) => [path, path])));
      return [...(read(root, order === paths ? ['legacy', 'environments'] : ['environments', 'legacy']).value ?? [])];
    });
    expect(trees[0]).toEqual(trees[1]);
    expect(trees[0]?.map(([path]) => path)).toEqual([...paths].sort());
  });

  it('keeps texts as they are: CRLF, byte order mark, private use and astral characters', () => {
    const text = '\uFEFFa: 1\r\nb: "\uE000 \u{1F6A2} \uFFFD"\r\n';
    expect(found(read(aFolder({ 'environments/a.yaml': text })))).toEqual({ 'environments/a.yaml': text });
  });

  it('finds nothing in a folder that is missing, empty, or a file', () => {
    const root = aFolder({ legacy: 'not a folder' });
    mkdirSync(join(root, 'environments'));
    expect(found(read(root, ['environments', 'templates', 'legacy', 'legacy/deeper']))).toEqual({});
  });

  it('says that the machine is at fault when the root is missing', () => {
    const tree = read(join(aFolder(), 'nowhere'));
    expect(findings(tree)).toEqual(['MS8030 cannot read .: ENOENT, no such file or directory']);
    expect(classes(tree)).toEqual(['environment']);
  });
});

describe('names and paths', () => {
  it.each([
    ['../x'],
    ['a/../../b'],
    ['/etc/passwd'],
    ['C:\\x'],
    ['\\\\?\\x'],
    ['a\\b'],
    ['..'],
    [''],
    ['./a'],
    ['a//b'],
    ['a./b'],
    ['a '],
    ['a\u0007b'],
    ['a\u202Eb'],
  ])('P01: never leaves the root by the name %j', (name) => {
    const tree = read(aFolder({ 'a/b.yaml': 'b' }), [name]);
    expect(tree.diagnostics.map(({ code }) => code)).toEqual(['MS1070']);
    expect(classes(tree)).toEqual(['input']);
  });

  it.each([['a\\b.yaml'], ['a\u0001.yaml'], ['a\n.yaml'], ['b\u200D.yaml'], ['dot./x.yaml'], ['space /x.yaml']])(
    'P01: refuses a file that is called %j',
    (name) => {
      const message = read(aFolder({ [`environments/${name}`]: 'x' })).diagnostics.map(({ code, message }) => `${code} ${message}`);
      expect(message).toHaveLength(1);
      expect(message.join()).toMatch(/^MS1070 "environments\/[^\p{Cc}\p{Cf}]*" is not a path that every machine can hold/u);
    },
  );

  it('P01: says of a folder once that its name is illegal, and of what lies in it only what is its own', () => {
    const root = aFolder({ 'environments/dot./x.yaml': 'x', 'environments/dot./y.yaml': 'y', 'environments/dot./in/z.yaml': 'z' });
    symlinkSync('x.yaml', join(root, 'environments/dot./link.yaml'));
    expect(findings(read(root))).toEqual([
      'MS1070 "environments/dot." is not a path that every machine can hold: a component ends with a dot or a space, which Windows drops',
      'MS8001 environments/dot./link.yaml is a symbolic link, and none is followed',
    ]);
  });

  it('P01: refuses a name that is not UTF-8', () => {
    const root = aFolder();
    execFileSync('sh', ['-c', 'mkdir environments && : > "environments/$(printf "\\377").yaml"'], { cwd: root });
    expect(findings(read(root))).toEqual([
      'MS1070 "environments/\uFFFD.yaml" is not a path that every machine can hold: it is not valid UTF-8',
    ]);
  });

  it('P04: refuses two spellings of one path, naming both', () => {
    const root = aFolder({
      'environments/Reviews.yaml': 'a',
      'environments/reviews.yaml': 'b',
      'environments/caf\u00E9.yaml': 'c',
      'environments/cafe\u0301.yaml': 'd',
      'environments/Prod/x.yaml': 'e',
      'environments/prod/x.yaml': 'f',
    });
    const same = 'are one file where case or Unicode composition is ignored';
    expect(findings(read(root)).toSorted()).toEqual([
      `MS1076 environments/caf\u00E9.yaml and environments/cafe\u0301.yaml ${same}`,
      `MS1076 environments/prod/x.yaml and environments/Prod/x.yaml ${same}`,
      `MS1076 environments/reviews.yaml and environments/Reviews.yaml ${same}`,
    ]);
  });

  it('P06: refuses paths that are too long and folders that are too deep', () => {
    const root = aFolder({ [`environments/${'d/'.repeat(40)}x.yaml`]: 'x' });
    expect(findings(read(root))).toEqual([`MS1077 environments/${'d/'.repeat(32)}d lies more than 32 folders deep`]);
    expect(read(root, ['a'.repeat(256), 'a/'.repeat(2100)]).diagnostics.map(({ code }) => code)).toEqual(['MS1070', 'MS1070']);
  });
});

describe('P02: symbolic links', () => {
  const secret = 'token: s3cr3t\n';

  it.each([
    ['a file', 'environments/prod/a.yaml', 'environments/prod/a.yaml'],
    ['a file that is not accepted', 'environments/prod/notes', 'environments/prod/notes'],
    ['a folder', 'environments/prod', 'environments/prod'],
    ['the named folder', 'environments', 'environments'],
  ])('are refused as %s, naming the link and not its target', (_, link, named) => {
    const outside = aFolder({ 'a.yaml': secret });
    const root = aFolder({ 'other/keep.yaml': 'a' });
    mkdirSync(join(root, link, '..'), { recursive: true });
    symlinkSync(link.endsWith('a.yaml') ? join(outside, 'a.yaml') : outside, join(root, link));
    const tree = read(root);
    expect(findings(tree)).toEqual([`MS8001 ${named} is a symbolic link, and none is followed`]);
    expect(classes(tree)).toEqual(['refused']);
    expect(JSON.stringify(tree)).not.toContain(outside);
  });

  it('are refused inside the repository, dangling, and in loops', () => {
    const root = aFolder({ 'environments/real.yaml': 'a' });
    symlinkSync('real.yaml', join(root, 'environments/inside.yaml'));
    symlinkSync('nowhere', join(root, 'environments/dangling.yaml'));
    symlinkSync('.', join(root, 'environments/loop'));
    expect(read(root).diagnostics.map(({ message }) => message.split(' ')[0])).toEqual([
      'environments/dangling.yaml',
      'environments/inside.yaml',
      'environments/loop',
    ]);
  });

  it('are refused on the way to a named file', () => {
    const outside = aFolder({ 'b/a.yaml': secret });
    const root = aFolder();
    symlinkSync(outside, join(root, 'a'));
    expect(findings(read(root, ['a/b/a.yaml']))).toEqual(['MS8001 a is a symbolic link, and none is followed']);
  });

  it('are not followed when a parent is swapped between check and use', () => {
    const outside = aFolder({ 'a.yaml': secret });
    const root = aFolder({ 'environments/prod/a.yaml': 'mine' });
    const swap = (): void => {
      rmSync(join(root, 'environments/prod'), { recursive: true });
      symlinkSync(outside, join(root, 'environments/prod'));
    };
    const texts = (accept: (path: string) => boolean): string =>
      JSON.stringify([...(readTree(root, ['environments'], accept).value ?? [])]);
    let swapped = false;
    const text = texts(() => {
      if (!swapped) swap();
      swapped = true;
      return true;
    });
    expect(swapped).toBe(true);
    expect(text).not.toContain('s3cr3t');
  });

  it('are let pass above the root, which the user named', () => {
    const root = aFolder({ 'real/environments/a.yaml': 'a' });
    symlinkSync('real', join(root, 'link'));
    expect(found(read(join(root, 'link')))).toEqual({ 'environments/a.yaml': 'a' });
  });
});

describe('P03: what is not a plain file', () => {
  it('refuses a pipe without waiting for a writer', () => {
    const root = aFolder({ 'environments/a.yaml': 'a' });
    execFileSync('mkfifo', [join(root, 'environments/pipe.yaml')]);
    expect(findings(read(root))).toEqual(['MS1071 environments/pipe.yaml is a pipe, socket or device, not a regular file']);
  });

  it('walks into a folder that is named like a file', () => {
    expect(found(read(aFolder({ 'environments/x.yaml/y.yaml': 'y' })))).toEqual({ 'environments/x.yaml/y.yaml': 'y' });
  });

  it('reads an empty file, and a hard link like any file', () => {
    const root = aFolder({ 'environments/empty.yaml': '', outside: 'linked' });
    linkSync(join(root, 'outside'), join(root, 'environments/linked.yaml'));
    expect(found(read(root))).toEqual({ 'environments/empty.yaml': '', 'environments/linked.yaml': 'linked' });
  });

  it('refuses a sparse file of 1 TiB unread, and reads one of just the limit', () => {
    const root = aFolder({ 'environments/huge.yaml': '', 'environments/just.yaml': 'a'.repeat(256 * 1024) });
    truncateSync(join(root, 'environments/huge.yaml'), 2 ** 40);
    expect(findings(read(root))).toEqual(['MS1072 environments/huge.yaml has 1099511627776 bytes; a file may have 262144']);
    rmSync(join(root, 'environments/huge.yaml'));
    expect(found(read(root))['environments/just.yaml']).toHaveLength(256 * 1024);
  });

  it.each([4, 6])('refuses a file of 5 bytes that said it had %i when it was opened', (size) => {
    const root = aFolder({ 'environments/a.yaml': 'a: 1\n' });
    const measured = (): { size: number; mode: number } => ({ size, mode: constants.S_IFREG });
    const tree = withCall(
      'fstatSync',
      () => measured,
      () => read(root),
    );
    expect(findings(tree)).toEqual(['MS8032 environments/a.yaml changed while it was read']);
    expect(classes(tree)).toEqual(['environment']);
  });

  it('refuses a file larger than the limit', () => {
    const tree = readTree(aFolder({ 'environments/a.yaml': 'a: 1\n' }), ['environments'], isYaml, {
      fileBytes: 4,
      files: 1,
      totalBytes: 4,
    });
    expect(findings(tree)).toEqual(['MS1072 environments/a.yaml has 5 bytes; a file may have 4']);
  });
});

describe('limits on all files together', () => {
  const root = (): string => aFolder({ 'environments/a.yaml': 'aaaa', 'environments/b.yaml': 'bbbb', 'environments/c.md': 'cccc' });

  it('refuses too many files', () => {
    const tree = readTree(root(), ['environments'], isYaml, { fileBytes: 10, files: 1, totalBytes: 100 });
    expect(findings(tree)).toEqual(['MS1073 there are more than 1 files to read']);
    expect(readTree(root(), ['environments'], isYaml, { fileBytes: 10, files: 2, totalBytes: 8 }).value?.size).toBe(2);
  });

  it('refuses too many bytes', () => {
    const tree = readTree(root(), ['environments'], isYaml, { fileBytes: 10, files: 2, totalBytes: 7 });
    expect(findings(tree)).toEqual(['MS1074 the files to read have more than 7 bytes together']);
  });
});

describe('text that is not UTF-8', () => {
  it.each([
    ['Latin-1', Buffer.from('name: caf\xE9\n', 'latin1'), 9],
    ['UTF-16', Buffer.from('\uFEFFa: 1', 'utf16le'), 0],
    ['an overlong slash', Buffer.from([0x61, 0xc0, 0xaf]), 1],
    ['a surrogate', Buffer.from([0x61, 0x62, 0xed, 0xa0, 0x80]), 2],
    ['a character cut off at the end', Buffer.from([0x61, 0xef, 0xbf]), 1],
    ['a real U+FFFD before the fault', Buffer.from([0xef, 0xbf, 0xbd, 0x20, 0xff]), 4],
  ])('is refused at the byte where %s begins, quoting none of it', (_, bytes, offset) => {
    const tree = read(aFolder({ 'environments/a.yaml': bytes }));
    expect(findings(tree)).toEqual([`MS1075 environments/a.yaml is not UTF-8: byte ${offset} (counted from 0) begins no valid character`]);
  });

  it('is refused at the end of the longest valid beginning', () => {
    const bytes = fc.array(fc.constantFrom(0x41, 0x80, 0xbd, 0xbf, 0xc2, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xff), { maxLength: 12 });
    fc.assert(
      fc.property(bytes, (list) => {
        const buffer = Buffer.from(list);
        const offset = firstIllFormedByte(buffer);
        expect(offset === undefined).toBe(isUtf8(buffer));
        if (offset === undefined) return;
        const validPrefixes = list.map((_, length) => length).filter((length) => isUtf8(buffer.subarray(0, length)));
        expect(offset).toBe(validPrefixes.at(-1));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe('P09: failures of the disk', () => {
  const calls = ['openSync', 'fstatSync', 'lstatSync', 'readSync', 'readdirSync', 'closeSync'] as const;
  const errnos = ['EACCES', 'EIO', 'EMFILE', 'ENOMEM', 'ENOENT'] as const;

  it.each(calls)('%s failing at any point yields a finding with path and errno, and never a part of the files', (call) => {
    const root = aFolder({ 'environments/prod/a.yaml': 'a', 'environments/prod/b.yaml': 'b' });
    for (const errno of errnos) {
      for (let nth = 1; ; nth++) {
        const { value: tree, reached } = withFault(call, { errno, nth }, () => read(root));
        if (!reached) break;
        if (call === 'lstatSync' && errno === 'ENOENT') expect(tree.diagnostics).toEqual([]);
        else {
          expect(findings(tree)).toEqual([expect.stringMatching(new RegExp(`^MS8030 cannot read (\\.|environments\\S*): ${errno}, `))]);
          expect(classes(tree)).toEqual(['environment']);
        }
      }
    }
  });

  it('passes on what is no failure of the disk', () => {
    const bug = (): never => {
      throw new TypeError('a bug');
    };
    expect(() => readTree(aFolder({ 'a.yaml': 'a' }), ['.'], bug)).toThrow('a bug');
  });

  it('leaves no file open behind, whether it succeeds or not', () => {
    const root = aFolder({ 'environments/prod/a.yaml': 'a' });
    putFile(root, 'environments/prod/b.yaml', Buffer.from([0xff]));
    for (let i = 0; i < 20; i++) read(root);
    for (let nth = 1; nth < 8; nth++) withFault('openSync', { errno: 'EIO', nth }, () => read(root));
    expect(handlesBeneath(root)).toEqual([]);
  });
});

/** Files held open in the folder, where the system tells: other tests of this process hold their own. */
function handlesBeneath(root: string): readonly string[] {
  const list = execFileSync('sh', ['-c', `ls -l /proc/${process.pid}/fd 2>/dev/null || true`], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(root));
}
