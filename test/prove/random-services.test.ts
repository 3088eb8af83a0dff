import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { brokenTemplate } from '../support/broken-template.ts';
import { gatewayText, meshOf, randomService } from '../support/random-services.ts';
import { yamlOf } from '../support/yaml-of.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 50);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);
const isProof = ({ code }: { readonly code: string }) => /^MS600[1-5]$/.test(code);

describe('random services', () => {
  it('prove', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(randomService, (intent) => {
        const tree = meshOf([
          ['a.yaml', yamlOf(intent)],
          ['g.yaml', gatewayText],
        ]);
        expect(compile(tree, 'mesh').diagnostics.filter(isProof)).toEqual([]);
      }),
      { numRuns, seed },
    );
  });

  it('never prove with a template that leads everyone to v1, unless everyone goes there', { timeout: 600_000 }, () => {
    const broken = brokenTemplate('templates/partials/destination.hbs', 'subset: {{subset}}', 'subset: v1');
    fc.assert(
      fc.property(randomService, (intent) => {
        const tree = meshOf([
          ['a.yaml', yamlOf(intent)],
          ['g.yaml', gatewayText],
        ]);
        const asMeant = compile(tree, 'mesh');
        fc.pre(asMeant.ok);
        const led = asMeant.manifests.some(({ kind, body }) => kind === 'VirtualService' && /"subset":"v[23]"/.test(JSON.stringify(body)));
        const found = compile(new Map([...tree, broken]), 'mesh').diagnostics.filter(isProof);
        // A route that nobody reaches may lead anywhere.
        if (!led) expect(found).toEqual([]);
        else if (found.length === 0) expect(asMeant.diagnostics.some(({ code }) => /^MS(30|58)/.test(code))).toBe(true);
      }),
      { numRuns, seed },
    );
  });
});
