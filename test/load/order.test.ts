import { describe, expect, it } from 'vitest';
import { createCompiler } from '../../src/pipeline.ts';

const settings = (order: string) =>
  createCompiler(
    new Map([
      ['mainsheet.yaml', `order: ${order}\n`],
      ['environments/dev/environment.yaml', 'environment: dev\nistio: "1.29"\n'],
      ['environments/prod/environment.yaml', 'environment: prod\nistio: "1.29"\n'],
    ]),
  ).settings;

describe('the order in which versions are promoted', () => {
  it('has a soak for each environment', () => {
    expect(settings('[{environment: dev, soak: 24h}, prod]').value?.order).toEqual([
      { environment: 'dev', soak: 86_400 },
      { environment: 'prod', soak: 0 },
    ]);
  });

  it.each([
    ['[dev, prod]', []],
    ['[dev, prod, {environment: dev, soak: 1h}]', ['MS1058']],
    ['[dev, prd]', ['MS1060']],
  ])('%s', (order, codes) => {
    expect(settings(order).diagnostics.map(({ code }) => code)).toEqual(codes);
  });
});
