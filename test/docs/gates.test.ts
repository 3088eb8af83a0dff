import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gateVariables } from '../../src/rollout/gates/gate-queries.ts';

const page = readFileSync('docs/gates.md', 'utf8');
const words = (file: string, type: string) =>
  [
    ...(readFileSync(file, 'utf8')
      .split(`export type ${type} =`)[1]
      ?.split(';')[0]
      ?.matchAll(/'([^']+)'/g) ?? []),
  ].map(([, word = '']) => word);

it('the page of gates has every reason, and every variable', () => {
  const reasons = [
    ...words('src/model/rollout.ts', 'GateReason'),
    ...words('src/model/measurement.ts', 'MetricFailure'),
    ...words('src/model/measurement.ts', 'MetricShape'),
  ];
  expect(reasons.length).toBeGreaterThan(20);
  expect(reasons.filter((reason) => reason !== 'empty' && !page.includes(`\`${reason}\``))).toEqual([]);
  expect(gateVariables.filter((name) => !page.includes(`\`{{${name}}}\``))).toEqual([]);
});
