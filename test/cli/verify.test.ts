import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
