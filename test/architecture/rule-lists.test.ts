import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = process.cwd();
const folder = join(root, 'src/rules/manifest');
const families = readdirSync(folder).sort();

describe.each(families)('the rules of %s', (family) => {
  const files = readdirSync(join(folder, family)).filter((name) => name.endsWith('.ts'));
  const texts = new Map(files.map((name) => [name, readFileSync(join(folder, family, name), 'utf8')]));
  const rules = [...texts].filter(([, text]) => /= define(?:Object|Mesh)Rule\b/.test(text)).map(([name]) => name);
  const list = texts.get('rules.ts') ?? '';

  it('are all in its list', () => {
    expect(rules.filter((name) => !list.includes(`from './${name}'`))).toEqual([]);
  });

  it('are named by their file', () => {
    const wrong = rules.filter((name) => {
      const title = name.slice(0, -'.ts'.length);
      const camel = title.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      const text = texts.get(name) ?? '';
      return !text.includes(`export const ${camel} = define`) || !text.includes(`name: '${title}'`);
    });
    expect(wrong).toEqual([]);
  });

  it('have each its test', () => {
    expect(rules.filter((name) => !existsSync(join(root, 'test/rules/manifest', family, name.replace(/\.ts$/, '.test.ts'))))).toEqual([]);
  });

  it('say where they come from', () => {
    const silent = rules.filter((name) => !/^\/\*\*[\s\S]*?\*\/\nexport const/m.test(texts.get(name) ?? ''));
    expect(silent).toEqual([]);
  });
});
