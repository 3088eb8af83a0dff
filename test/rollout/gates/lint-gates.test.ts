import { describe, expect, it } from 'vitest';
import { rendered } from '../../support/rendered.ts';

const server = 'prometheus: {default: {url: "https://p.example"}}\n';
const findings = (gates: string, words: string, more = '') =>
  rendered(`service: reviews\nport: 9080\nversions: {v1: {}, v2: {labels: {track: canary}}}\nstable: v1\n${words}${more}`, {
    environment: `${server}gates: {${gates}}\n`,
  }).findings;

describe('gates of an environment', () => {
  it('are asked for the versions of services whose plans ask them', () => {
    expect(findings('success-rate: {min: 99}', '')).toEqual([]);
    expect(findings('success-rate: {min: 99}', 'rollout: {steps: [5, 100], gates: [success-rate]}\n')).toEqual(['MS7101 line 3']);
    expect(
      findings('success-rate: {min: 99}, share: {observedShare: true}', 'rollout: {steps: [{percent: 5, gates: [share]}, 100]}\n'),
    ).toEqual(['MS7101 line 3']);
  });

  it('may count their own samples, where Istio’s metrics cannot', () => {
    const query = '\'sum(x{track="{{version}}"})\'';
    const plan = 'rollout: {steps: [5, 100], gates: [orders]}\n';
    expect(findings(`orders: {query: ${query}, min: 5}`, plan)).toEqual(['MS7101 line 3']);
    expect(findings(`orders: {query: ${query}, samples: ${query}, min: 5}`, plan)).toEqual([]);
  });

  it('find a fault once, however many services ask', () => {
    const plan = 'rollout: {steps: [100], gates: [no-worse]}\n';
    const ratings = `---\nservice: ratings\nport: 9080\nversions: [v1, v2]\nstable: v1\n${plan}`;
    const fine = rendered(ratings.slice(4) + ratings.replace('ratings', 'details'), {
      environment: `${server}gates: {no-worse: {measure: success-rate, min: -1, compare: stable}}\n`,
    });
    expect(fine.findings).toEqual(['MS7111 mesh/environment.yaml line 5']);
  });
});
