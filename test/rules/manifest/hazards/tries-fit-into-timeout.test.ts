import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5916'];
/** The tries stand on line 8. */
const tried = (timeout: string, retries: string) =>
  checked(
    virtualService(
      `hosts: [reviews]\nhttp:\n- route: [{destination: {host: reviews}}]\n  retries: {${retries}}${timeout === '' ? '' : `\n  timeout: ${timeout}`}`,
    ),
    { only },
  );

describe('tries-fit-into-timeout', () => {
  it.each([
    [
      '2s',
      'attempts: 3, perTryTimeout: 2s',
      'one try of a route of VirtualService bookinfo/reviews may take 2s, but all tries together only 2s',
    ],
    [
      '1s',
      'attempts: 1, perTryTimeout: 1m',
      'one try of a route of VirtualService bookinfo/reviews may take 1m, but all tries together only 1s',
    ],
    [
      '5s',
      'attempts: 3, perTryTimeout: 2s',
      'of 4 tries of 2s of a route of VirtualService bookinfo/reviews only 3 begin within its `timeout: 5s`',
    ],
    [
      '1500ms',
      'attempts: 3, perTryTimeout: 0.5s',
      'of 4 tries of 0.5s of a route of VirtualService bookinfo/reviews only 3 begin within its `timeout: 1500ms`',
    ],
  ])('warning: within %s: %s', (timeout, retries, message) => {
    const { findings, diagnostics } = tried(timeout, retries);
    expect(findings).toEqual(['MS5916 line 8']);
    expect(diagnostics[0]?.message).toBe(message);
  });

  it.each([
    ['room for the last try to begin', '6001ms', 'attempts: 3, perTryTimeout: 2s'],
    ['no timeout', '', 'attempts: 3, perTryTimeout: 2s'],
    ['no limit of a try', '5s', 'attempts: 3'],
    ['no retries', '1s', 'attempts: 0'],
  ])('fine: %s', (_, timeout, retries) => {
    expect(tried(timeout, retries).findings).toEqual([]);
  });

  it('leads to the intent', () => {
    const intent = 'service: reviews\nport: 9080\ntimeout: 2s\nretries:\n  attempts: 2\n  perTryTimeout: 2s\n';
    expect(rendered(intent).findings).toEqual(['MS5916 line 6']);
  });
});
