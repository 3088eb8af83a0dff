import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { codeBlocks } from '../docs/code-blocks.ts';
import { missingGo, publishedSchemas } from './engine-schemas.ts';

const peers = [
  { module: 'github.com/fluxcd/flagger', version: 'v1.44.0', files: ['artifacts/flagger/crd.yaml'] },
  {
    module: 'github.com/argoproj/argo-rollouts',
    version: 'v1.9.1',
    files: ['manifests/crds/rollout-crd.yaml', 'manifests/crds/analysis-template-crd.yaml'],
  },
];
const pages = ['docs/how-to/from-flagger.md', 'docs/how-to/from-argo-rollouts.md'];

/** Objects of others that a page shows, by what they are. */
const shown = pages.flatMap((path) =>
  codeBlocks(readFileSync(path, 'utf8'))
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS()))
    .filter((object) => /^(flagger\.app|argoproj\.io)\//.test(object?.apiVersion))
    .map((object) => ({ kind: `${object.apiVersion} ${object.kind}`, object })),
);
const missing = missingGo();

describe.skipIf(missing !== undefined)(
  `what pages show of Flagger and Argo Rollouts${missing === undefined ? '' : `: skipped, ${missing}`}`,
  () => {
    const schemas = missing === undefined ? publishedSchemas(peers) : new Map<string, never>();

    it('is there', () => {
      expect(shown.map(({ kind }) => kind)).toEqual([
        'flagger.app/v1beta1 Canary',
        'flagger.app/v1beta1 Canary',
        'argoproj.io/v1alpha1 Rollout',
        'argoproj.io/v1alpha1 AnalysisTemplate',
        'argoproj.io/v1alpha1 Rollout',
      ]);
    });

    it.each(shown)('$kind is valid by its own definition, and a field that it does not have is not', ({ kind, object }) => {
      const validate = schemas.get(kind);
      expect(validate?.(object), JSON.stringify(validate?.errors, undefined, 2)).toBe(true);
      expect(validate?.({ ...object, spec: { ...object.spec, stepWeights: 10 } })).toBe(false);
    });
  },
);
