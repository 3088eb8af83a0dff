import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { environments } from '../deploy/deploy-fixtures.ts';
import { folderWith, runIn } from './cli-fixtures.ts';

const world = { compiler: async () => createCompiler };

describe('verify', () => {
  let folder = '';
  const verify = async (...words: readonly string[]) => runIn(folder, ['verify', ...words], world);

  beforeEach(async () => {
    folder = folderWith(environments);
    expect((await runIn(folder, ['render'], world)).code).toBe(0);
  });

  it('says what it compared, and who tells the rest', async () => {
    const { code, stdout } = await verify();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\d+ objects in rendered\/prod: kustomize, Argo CD's directory loader and Flux each load exactly what stands there$/m,
    );
    expect(stdout).toMatch(/^Whether that is what the intents say: `mainsheet render --check`$/m);
    expect((await verify('rendered/prod')).stdout).not.toContain('intents');
  });

  it('finds what is rendered from anywhere in the repository, and looks at each folder once', async () => {
    const here = async (place: string, ...words: readonly string[]) => runIn(join(folder, place), ['verify', ...words], world);
    expect((await here('environments/dev')).stdout).toContain(' objects in ../../rendered/prod: ');
    expect((await here('rendered')).stdout).toMatch(/ objects in prod: .*\n(.*\n)*.*render --check/);
    expect((await verify('rendered/prod', 'rendered/prod')).stdout.split('\n')).toHaveLength(2);
    expect(await verify('')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('has no name') });
  });

  it('misses an environment and a shard that the intents have', async () => {
    rmSync(join(folder, 'rendered/prod'), { recursive: true });
    rmSync(join(folder, 'rendered/staging/shard-1'), { recursive: true });
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout.match(/MS4513.*/g)).toEqual([
      'MS4513] whole-rendering: rendered/prod: it is missing, and the intents have it',
      'MS4513] whole-rendering: rendered/staging: its `shard-1` is missing, and the intents have it',
    ]);
  });

  it('finds folders of environments and shards that the intents have no more', async () => {
    cpSync(join(folder, 'rendered/prod'), join(folder, 'rendered/old'), { recursive: true });
    cpSync(join(folder, 'rendered/staging/shard-1'), join(folder, 'rendered/staging/shard-2'), { recursive: true });
    const { stdout } = await verify();
    expect(stdout.match(/MS4516.*/g)).toEqual([
      'MS4516] folder-of-the-intents: rendered/old: it was rendered, and the intents have it no more',
      'MS4516] folder-of-the-intents: rendered/staging: its `shard-2` was rendered, and the intents have it no more',
    ]);
    expect((await verify('rendered/old')).stdout).not.toContain('MS4516');
  });

  it.each([
    ['dev', 'namespace: bookinfo', 'namespace: bookinfo\nshards: 2'],
    ['staging', 'shards: 2', 'shards: 1'],
    ['staging', 'shards: 2', 'shards: 3'],
  ])('lets the steps of %s from %j to %j pass, and says so of the first', async (name, before, after) => {
    const file = `environments/${name}/environment.yaml`;
    writeFileSync(join(folder, file), (environments[file] ?? '').replace(before, after));
    expect(await verify()).toMatchObject({ code: 1 });
    const reshard = async () => runIn(folder, ['render', '--env', name, '--reshard'], world);
    expect((await reshard()).code).toBe(0);
    const guarded = await verify();
    expect([guarded.code, guarded.stdout.match(/MS451[367]/g)]).toEqual([0, ['MS4517']]);
    expect((await reshard()).code).toBe(0);
    const moved = await verify();
    expect([moved.code, moved.stdout.match(/MS451[367]/g)]).toEqual([0, null]);
  });

  it('reads what Flux is told to leave out, from the root of the repository down', async () => {
    mkdirSync(join(folder, '.git'));
    const ignore = (path: string, text: string) => writeFileSync(join(folder, path), text);
    ignore('.sourceignore', '# all but what is rendered\n/*\n!/rendered/\n');
    expect((await verify()).code).toBe(0);
    ignore('.sourceignore', '/*\n!/rendered/prod/\n');
    ignore('rendered/.sourceignore', '!staging/\n/prod/service/reviews.yaml\n');
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout.match(/MS4518.*\n.*/g)?.map((one) => one.replaceAll(/\s+/g, ' '))).toEqual([
      'MS4518] taken-into-the-artifact: Flux leaves out 2 rendered files, such as `rendered/dev/kustomization.yaml`, for `/*` --> .sourceignore:1:1',
      'MS4518] taken-into-the-artifact: Flux leaves out `rendered/prod/service/reviews.yaml`, for `/prod/service/reviews.yaml` --> rendered/.sourceignore:2:1',
    ]);
    expect((await verify('rendered/prod')).stdout).toContain('rendered/.sourceignore:2:1');
  });

  it('claims no more than that of a file changed by hand', async () => {
    writeFileSync(join(folder, 'rendered/prod/kustomization.yaml'), '# by hand\n', { flag: 'a' });
    const { code, stdout } = await verify('rendered/prod');
    expect(code).toBe(0);
    expect(stdout).toContain('exactly what stands there, which was changed since it was rendered');
  });

  it('takes a part of a rendered folder, and a folder of others, for what they are: once', async () => {
    for (const name of ['a', 'b', 'c']) {
      mkdirSync(join(folder, `etc/${name}`), { recursive: true });
      writeFileSync(join(folder, `etc/${name}/x.yaml`), 'kind: x\n');
    }
    for (const path of ['rendered/prod/service', 'etc']) {
      const { code, stdout } = await verify(path);
      expect(code).toBe(1);
      expect(stdout.match(/^(error|warning).*/gm)).toEqual([`error[MS4510] rendered-folder: ${path}: this is no rendered folder`]);
    }
  });
});
