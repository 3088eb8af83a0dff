import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { starterFiles } from '../../src/cli/starter-files.ts';
import { builtCli, cleanEnvironment } from './built-cli.ts';
import { filesOf, folderWith, put } from './cli-fixtures.ts';

const reviews = 'environments/prod/services/reviews.yaml';
const rendered = 'rendered/prod/service/reviews.yaml';

interface Watching {
  /** All that was written after the last text waited for, as soon as it holds this one. */
  readonly until: (text: string) => Promise<string>;
  readonly interrupt: (signal?: NodeJS.Signals) => void;
  readonly closeOutput: () => void;
  readonly ended: Promise<number | null>;
}

/** The built command in a folder. What it says is waited for, so that no test depends on how long anything takes. */
function watchIn(folder: string, ...flags: readonly string[]): Watching {
  const child = spawn(process.execPath, [builtCli(), 'watch', ...flags], { cwd: folder, env: cleanEnvironment() });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  let from = 0;
  let look = (): void => {};
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      look();
    });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code);
      look();
    });
  });
  return {
    until: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = said.indexOf(text, from);
          // A round is written at once, and so is here up to its end.
          if (at !== -1) {
            resolve(said.slice(from));
            from = said.length;
            look = () => {};
          } else if (child.exitCode !== null)
            reject(new Error(`ended with ${child.exitCode} before it said ${text}:\n${said.slice(from)}`));
        };
        look();
      }),
    interrupt: (signal = 'SIGINT') => child.kill(signal),
    closeOutput: () => child.stdout.destroy(),
    ended,
  };
}

function started(): string {
  return folderWith(Object.fromEntries(starterFiles));
}

function text(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** As editors save: whole, aside, and then in place of the old file. */
function save(folder: string, path: string, from: string | RegExp, to: string): void {
  const aside = join(folder, `${path}.tmp`);
  writeFileSync(aside, text(folder, path).replace(from, to));
  renameSync(aside, join(folder, path));
}

test('a save is rendered, and its traffic told with the line of the intent; Ctrl-C is no failure', async () => {
  const folder = started();
  const watching = watchIn(folder);
  const first = await watching.until('Ctrl-C ends it');
  expect(first).toMatch(/^dev {3}\d files, \d written\nprod {2}\d files, \d written \(\d+ ms\)\n/);
  expect(text(folder, rendered)).toContain('weight: 10');
  for (const percent of [25, 50]) {
    save(folder, reviews, /percent: \d+/, `percent: ${percent}`);
    const told = await watching.until('unchanged');
    expect(told).toMatch(/^\nsaved environments\/prod\/services\/reviews.yaml\nprod {2}\d files, 1 written/);
    expect(told).toContain(`v3 ${percent} %`);
    expect(told).toContain(`by service reviews, ${reviews}:3`);
    expect(told).not.toContain('\u001b');
    expect(text(folder, rendered)).toContain(`weight: ${percent}`);
  }
  watching.interrupt();
  expect(await watching.ended).toBe(0);
});

test('what is broken is told with its place, and what was rendered stays until it is mended', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  const before = filesOf(folder);
  save(folder, reviews, 'percent: 10', 'percent: many');
  const told = await watching.until('Nothing is written');
  expect(told).toContain(`--> ${reviews}:3:32`);
  expect(told).toContain('rendered/ stays as the last good save made it');
  expect({ ...filesOf(folder), [reviews]: '' }).toEqual({ ...before, [reviews]: '' });
  save(folder, reviews, 'percent: many', 'percent: 20');
  expect(await watching.until('unchanged')).toContain('v1 90 %, v3 10 %  →  v1 80 %, v3 20 %');
  expect(text(folder, rendered)).toContain('weight: 20');
});

test('an input that is broken at first is waited for', async () => {
  const folder = started();
  save(folder, reviews, 'percent: 10', 'percent: many');
  const watching = watchIn(folder);
  expect(await watching.until('Ctrl-C ends it')).toContain('Nothing is written yet');
  save(folder, reviews, 'percent: many', 'percent: 10');
  await watching.until('prod ');
  expect(text(folder, rendered)).toContain('weight: 10');
});

test('new, replaced and renamed folders are watched like those of the beginning', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  put(folder, 'environments/staging/environment.yaml', 'environment: staging\nextends: [base]\n');
  await watching.until('staging  ');
  put(folder, 'environments/staging/services/reviews.yaml', 'service: reviews\ncanary: {version: v2, percent: 5}\n');
  expect(await watching.until('unchanged')).toContain('v2 5 %');
  // As git does when it changes to a branch whose folder holds other files: the name stays, the folder is another.
  for (const percent of [6, 7]) {
    renameSync(join(folder, 'environments/staging'), join(folder, 'old'));
    mkdirSync(join(folder, 'new/services'), { recursive: true });
    writeFileSync(join(folder, 'new/environment.yaml'), 'environment: staging\nextends: [base]\n');
    writeFileSync(join(folder, 'new/services/reviews.yaml'), `service: reviews\ncanary: {version: v2, percent: ${percent}}\n`);
    renameSync(join(folder, 'new'), join(folder, 'environments/staging'));
    rmSync(join(folder, 'old'), { recursive: true });
    await watching.until(`v2 ${percent} %`);
    save(folder, 'environments/staging/services/reviews.yaml', `percent: ${percent}`, `percent: ${percent * 10}`);
    await watching.until(`v2 ${percent * 10} %`);
  }
});

test('inputs that the settings move are watched where they are now', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  renameSync(join(folder, 'environments'), join(folder, 'mesh'));
  await watching.until('removed');
  save(folder, 'mainsheet.yaml', 'environments: environments', 'environments: mesh');
  await watching.until('No rendered file changes');
  save(folder, 'mesh/prod/services/reviews.yaml', 'percent: 10', 'percent: 30');
  expect(await watching.until('unchanged')).toContain('mesh/prod/services/reviews.yaml:3');
});

test('what render refuses is refused, and tried again at the next save', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  const good = text(folder, rendered);
  put(folder, rendered, `${good}# by hand\n`);
  save(folder, reviews, 'percent: 10', 'percent: 15');
  expect(await watching.until('Nothing is written')).toContain('MS8');
  expect(text(folder, rendered)).toBe(`${good}# by hand\n`);
  put(folder, rendered, good);
  // The same texts again: it is the folder that was mended.
  save(folder, reviews, 'percent: 15', 'percent: 15');
  await watching.until('v3 15 %');
  expect(text(folder, rendered)).toContain('weight: 15');
  rmSync(join(folder, 'environments/dev'), { recursive: true });
  expect(await watching.until('Nothing is written')).toContain('rendered/dev');
  expect(text(folder, 'rendered/dev/service/reviews.yaml')).toContain('mainsheet');
});

test('an environment that is asked for has to be there, and may come back', async () => {
  const folder = started();
  const unknown = watchIn(folder, '--env', 'stage');
  await unknown.until('no environment "stage"');
  expect(await unknown.ended).toBe(1);
  const watching = watchIn(folder, '--env', 'dev');
  await watching.until('Ctrl-C ends it');
  renameSync(join(folder, 'environments/dev'), join(folder, 'dev'));
  expect(await watching.until('Nothing is written')).toContain('error: no environment "dev"');
  renameSync(join(folder, 'dev'), join(folder, 'environments/dev'));
  await watching.until('No rendered file changes');
});

test('for programs, each round is a line of JSON; a dry run writes nothing', async () => {
  const folder = started();
  const watching = watchIn(folder, '--json', '--dry-run', '--env', 'prod');
  await watching.until('Ctrl-C ends it');
  save(folder, reviews, 'percent: 10', 'percent: 25');
  const [line = '', ...others] = (await watching.until('"state":"rendered"')).split('\n');
  expect(others).toEqual(['']);
  expect(JSON.parse(line)).toMatchObject({
    version: 1,
    state: 'rendered',
    saved: [{ path: reviews, change: 'changed' }],
    environments: [{ name: 'prod' }],
    comparisons: [{ title: 'prod', traffic: [{ name: 'reviews', shiftedPercent: 15 }] }],
    summary: { errors: 0 },
  });
  save(folder, reviews, 'percent: 25', 'percent: many');
  expect(JSON.parse(await watching.until('"state":"held-back"'))).toMatchObject({
    diagnostics: [{ code: 'MS1042', location: { file: reviews, start: { line: 3 } } }],
    comparisons: [],
  });
  expect(Object.keys(filesOf(folder)).filter((path) => path.startsWith('rendered/'))).toEqual([]);
});

test('without the system it looks itself', async () => {
  const folder = started();
  const watching = watchIn(folder, '--poll');
  await watching.until('Ctrl-C ends it');
  save(folder, reviews, 'percent: 10', 'percent: 25');
  await watching.until('v3 25 %');
  watching.interrupt('SIGTERM');
  expect(await watching.ended).toBe(0);
});

test('it ends when nobody reads it', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  watching.closeOutput();
  save(folder, reviews, 'percent: 10', 'percent: 25');
  expect(await watching.ended).toBe(3);
});

test('it ends when its folder is gone', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  rmSync(folder, { recursive: true });
  await watching.until('is gone');
  expect(await watching.ended).toBe(3);
});

test('a file that is emptied and written in pieces is told of when it is whole, and what it renders to never goes', async () => {
  const folder = started();
  const watching = watchIn(folder);
  await watching.until('Ctrl-C ends it');
  const file = join(folder, reviews);
  const whole = text(folder, reviews).replace(/percent: \d+/, 'percent: 25');
  const half = whole.indexOf('percent') + 4;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 40));
  writeFileSync(file, '');
  await pause();
  writeFileSync(file, whole.slice(0, half));
  await pause();
  appendFileSync(file, whole.slice(half));
  const told = await watching.until('unchanged');
  expect(told).toMatch(/^\nsaved environments\/prod\/services\/reviews.yaml\nprod {2}\d files, 1 written/);
  expect(told).not.toContain('error');
  expect(told).not.toContain('removed');
  // What stays so is meant so.
  writeFileSync(file, 'service: [\n');
  expect(await watching.until('error')).toContain('reviews.yaml');
  watching.interrupt();
  expect(await watching.ended).toBe(0);
});
