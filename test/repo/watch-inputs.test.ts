import { mkdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type WatchFolder, watchInputs } from '../../src/repo/watch-inputs.ts';
import { folderWith } from '../cli/cli-fixtures.ts';

const inputs = ['mainsheet.yaml', 'mesh/environments', 'templates'];

/** A watch, and the next time it tells of a change. */
function watched(root: string, watchFolder?: WatchFolder) {
  let tell = (): void => {};
  let reason: string | undefined;
  const watching = watchInputs({
    root,
    changed: () => tell(),
    pollMilliseconds: 20,
    polls: (why) => {
      reason = why;
    },
    ...(watchFolder === undefined ? {} : { watchFolder }),
  });
  onTestFinished(() => watching.close());
  const renew = () => watching.renew(inputs);
  const changeAfter = async (act: () => void): Promise<void> => {
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    act();
    await told;
    renew();
  };
  return { renew, changeAfter, reason: () => reason };
}

function noSpace(): never {
  throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
}

const act = (root: string) => ({
  write: (path: string) => () => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), String(Math.random()));
  },
  replace: (path: string) => () => {
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other/a.yaml'), 'other');
    renameSync(join(root, path), join(root, 'was'));
    renameSync(join(root, 'other'), join(root, path));
    rmSync(join(root, 'was'), { recursive: true });
  },
  remove: (path: string) => () => rmSync(join(root, path), { recursive: true }),
});

test.each([
  ['told by the system', undefined],
  ['looked at again and again, where it has no watches left', noSpace],
] satisfies readonly (readonly [string, WatchFolder | undefined])[])('changes are %s', async (_, watchFolder) => {
  const root = folderWith({ 'mesh/environments/prod/a.yaml': 'a', 'rendered/a.yaml': 'a' });
  const { renew, changeAfter, reason } = watched(root, watchFolder);
  const { write, replace, remove } = act(root);
  expect(renew()).toBe('watching');
  expect(reason()).toBe(watchFolder === undefined ? undefined : 'ENOSPC');
  await changeAfter(write('mesh/environments/prod/a.yaml'));
  await changeAfter(write('mainsheet.yaml'));
  await changeAfter(write('templates/service.hbs'));
  await changeAfter(write('mesh/environments/dev/services/b.yaml'));
  await changeAfter(replace('mesh/environments/dev'));
  await changeAfter(write('mesh/environments/dev/a.yaml'));
  await changeAfter(remove('mesh'));
  await changeAfter(write('mesh/environments/prod/a.yaml'));
  rmSync(root, { recursive: true });
  expect(renew()).toBe('lost');
});

test('one watch a folder, and only on folders that count and the one above', () => {
  const root = folderWith({
    ...{ 'mesh/environments/prod/a.yaml': '', 'mesh/environments/prod/b.yaml': '', 'mesh/environments/.git/x': '' },
    ...{ 'mesh/other/c.yaml': '', 'rendered/prod/a.yaml': '', 'node_modules/a/b.yaml': '' },
  });
  const open = new Set<string>();
  const { renew } = watched(root, (path) => {
    const name = relative(join(root, '..'), path).replace(basename(root), '.');
    open.add(name);
    return { close: () => open.delete(name) };
  });
  renew();
  expect([...open].sort()).toEqual(['', '.', './mesh', './mesh/environments', './mesh/environments/prod']);
  rmSync(join(root, 'mesh/environments/prod'), { recursive: true });
  renew();
  expect([...open].sort()).toEqual(['', '.', './mesh', './mesh/environments']);
});

test('a folder that takes the place of another of the same name is watched from then on', async () => {
  const root = folderWith({ 'mesh/environments/prod/a.yaml': 'a' });
  const waiting = new Map<string, () => void>();
  const { renew } = watched(root, (path, onEvent) =>
    watch(path, (_, name) => {
      onEvent(name);
      waiting.get(name ?? '')?.();
    }),
  );
  const event = (name: string) => new Promise<void>((resolve) => waiting.set(name, resolve));
  renew();
  const again = (path: string) => () => {
    rmSync(join(root, path), { recursive: true });
    act(root).write(`${path}/a.yaml`)();
  };
  for (const [name, other] of [
    ['one.yaml', act(root).replace],
    ['two.yaml', act(root).replace],
    ['three.yaml', again],
    ['four.yaml', again],
  ] as const) {
    const replaced = event('prod');
    other('mesh/environments/prod')();
    await replaced;
    renew();
    const written = event(name);
    act(root).write(`mesh/environments/prod/${name}`)();
    await written;
  }
});
