import { expect, test } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { renderDiagnosticsText } from '../../src/report/diagnostics-text.ts';
import { codeBlocks } from './code-blocks.ts';
import { pages } from './pages.ts';

const environment = 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\nuser: {header: end-user}\n';

// Blocks with a path are files of a walkthrough, which compiles them together.
const blocks = [...pages].flatMap(([path, page]) =>
  codeBlocks(page)
    .filter(({ language, words }) => language === 'yaml' && words[0] === 'intent' && words.length === 1)
    .map(({ text }) => ({ path, text, first: text.split('\n')[0] })),
);

test('there are whole intents on pages', () => {
  expect(blocks.length).toBeGreaterThan(3);
});

test.each(blocks)('the intent `$first` of $path compiles without a finding', ({ text }) => {
  const tree = new Map([
    ['environments/prod/environment.yaml', environment],
    ['environments/prod/intent.yaml', text],
  ]);
  const { diagnostics, manifests } = compile(tree, 'prod', { today: '2026-01-01' });
  expect(renderDiagnosticsText(diagnostics, tree, { color: false })).toBe('');
  expect(manifests.length).toBeGreaterThan(0);
});
