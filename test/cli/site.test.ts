import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';
import { unfoldValues } from '../../src/site/fold-values.ts';
import { filesOf, folderWith, put, runIn } from './cli-fixtures.ts';
import { gitIn } from './site-repository.ts';

const compiler = async () => createCompiler;

/** This repository's Bookinfo. */
function bookinfo(): string {
  const folder = folderWith({});
  cpSync(join(process.cwd(), 'environments'), join(folder, 'environments'), { recursive: true });
  return folder;
}

const run = (folder: string, ...words: readonly string[]) => runIn(folder, ['site', ...words], { compiler });

describe('mainsheet site', () => {
  it('writes one file, the same wherever it is run, and again over itself', async () => {
    const [here, there] = [bookinfo(), bookinfo()];
    expect(await run(here)).toEqual({ code: 0, stdout: 'written  mainsheet.html  3 environments, 5 services\n', stderr: '' });
    expect((await run(there, '--out', 'public/index.html', '--title', 'Mesh traffic')).code).toBe(0);
    const html = readFileSync(join(here, 'mainsheet.html'), 'utf8');
    expect(readFileSync(join(there, 'public/index.html'), 'utf8')).toBe(html);
    expect((await run(here)).code).toBe(0);
    expect(readFileSync(join(here, 'mainsheet.html'), 'utf8')).toBe(html);
    expect(Object.keys(filesOf(here)).filter((path) => !path.startsWith('environments/'))).toEqual(['mainsheet.html']);
  });

  it('shows only the environments that are named', async () => {
    const folder = bookinfo();
    expect((await run(folder, '--env', 'prod')).stdout).toBe('written  mainsheet.html  1 environment, 5 services\n');
    expect(readFileSync(join(folder, 'mainsheet.html'), 'utf8')).not.toContain('bookinfo-dev');
  });

  it('writes nothing where an environment has errors', async () => {
    const folder = bookinfo();
    put(folder, 'environments/prod/broken.yaml', 'service: broken\nstable: v9\n');
    const { code, stderr } = await run(folder);
    expect([code, existsSync(join(folder, 'mainsheet.html'))]).toEqual([1, false]);
    expect(stderr).toContain('environments/prod/broken.yaml:2');
  });

  it('replaces no file that it did not write, and follows no link', async () => {
    const folder = bookinfo();
    put(folder, 'notes.html', '<!doctype html><title>mine</title>');
    const refused = await run(folder, '--out', 'notes.html');
    expect([refused.code, refused.stderr]).toEqual([
      4,
      'error: notes.html is no page that `mainsheet site` wrote, so it is not replaced\n  help: name another file with --out\n',
    ]);
    symlinkSync('notes.html', join(folder, 'linked.html'));
    expect((await run(folder, '--out', 'linked.html')).code).toBe(4);
    expect(readFileSync(join(folder, 'notes.html'), 'utf8')).toBe('<!doctype html><title>mine</title>');
  });

  it('is written neither among what is read nor among what is rendered', async () => {
    const folder = bookinfo();
    const inputs = await run(folder, '--out', 'environments/prod/index.html');
    const rendered = await run(folder, '--out', 'rendered/prod/index.html');
    expect([inputs.code, rendered.code]).toEqual([1, 1]);
    expect((await run(folder, '--out', 'environments')).code).toBe(1);
    expect(inputs.stderr).toContain('lies in environments/, which is read as input');
    expect(rendered.stderr).toContain('lies in rendered/, among what is rendered');
    expect([existsSync(join(folder, 'environments/prod/index.html')), existsSync(join(folder, 'rendered'))]).toEqual([false, false]);
  });

  it('tells of a shallow clone its commit, that there is more, and fetches nothing', async () => {
    const folder = bookinfo();
    gitIn(folder, 'init -q -b main');
    gitIn(folder, 'add -A');
    gitIn(folder, 'commit -q -m Begin');
    gitIn(folder, 'commit -q --allow-empty -m Again');
    const clone = join(folderWith({}), 'clone');
    gitIn(folder, `clone -q --depth 1 file://${folder} ${clone}`);
    expect((await run(clone)).code).toBe(0);
    const [, told = 'null'] =
      /<script type="application\/json" id="site">(.*?)<\/script>/s.exec(readFileSync(join(clone, 'mainsheet.html'), 'utf8')) ?? [];
    expect(unfoldValues(JSON.parse(told))).toMatchObject({ isShallow: true, commit: { subject: 'Again' }, uncommitted: 0 });
    expect(readFileSync(join(clone, '.git/shallow'), 'utf8').trim()).toHaveLength(40);
  });

  it('tells what git knows: the commit, the changes of each intent, and files that are not committed', async () => {
    const folder = bookinfo();
    gitIn(folder, 'init -q -b main');
    gitIn(folder, 'add -A');
    gitIn(folder, 'commit -q -m Begin');
    put(
      folder,
      'environments/prod/services/reviews.yaml',
      `${readFileSync(join(folder, 'environments/prod/services/reviews.yaml'), 'utf8')}\n`,
    );
    gitIn(folder, 'commit -q -a -m Touched');
    await run(folder);
    const committed = readFileSync(join(folder, 'mainsheet.html'), 'utf8');
    expect(committed).toContain('"Touched"');
    await run(folder);
    expect(readFileSync(join(folder, 'mainsheet.html'), 'utf8')).toBe(committed);
    writeFileSync(join(folder, 'environments/prod/services/extra.yaml'), 'service: extra\nport: 80\n');
    await run(folder);
    expect(readFileSync(join(folder, 'mainsheet.html'), 'utf8')).not.toBe(committed);
  });
});
