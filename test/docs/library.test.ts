import { expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { codeBlocks } from './code-blocks.ts';
import { pages } from './pages.ts';

test('the example of docs/library.md works as it stands', () => {
  const [example] = codeBlocks(pages.get('docs/library.md') ?? '').filter(({ language }) => language === 'js');
  const [importLine = '', ...lines] = (example?.text ?? '').split('\n');
  const names = /^import \{ (.*) \} from 'mainsheet';$/.exec(importLine)?.[1] ?? '';
  const run = new Function('library', `const { ${names} } = library;\n${lines.join('\n')}\nreturn { ok, files, diagnostics };`);
  const { ok, files, diagnostics } = run(library);
  expect(ok).toBe(true);
  expect(diagnostics).toEqual([]);
  expect([...files.keys()]).toEqual(['kustomization.yaml', 'service/reviews.yaml']);
});
