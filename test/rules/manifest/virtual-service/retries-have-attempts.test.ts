import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { checked } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5120';
const retrying = (retries: string) => routed(`route: [{destination: {host: a}}]\n  retries: ${retries}`);

describe('retries-have-attempts', () => {
  it.each([
    ['{retryOn: 5xx}', 'retryOn'],
    ['{perTryTimeout: 1s}', 'perTryTimeout'],
    ['{retryRemoteLocalities: false}', 'retryRemoteLocalities'],
    ['{attempts: 0, retryOn: 5xx}', '0'],
    ['{perTryTimeout: 1s, attempts: 0}', '0'],
  ])('error: %s', (retries, marks) => {
    expect(found(retrying(retries), code)).toEqual([`MS5120 line 8: ${marks}`]);
  });

  it('holds from 1.3 on', () => {
    expect(found(retrying('{retryOn: 5xx}'), code, '1.3')).toHaveLength(1);
    expect(found(retrying('{retryOn: 5xx}'), code, '1.2')).toEqual([]);
  });

  it('names all conditions', () => {
    const [finding] = checked(retrying('{retryOn: 5xx, perTryTimeout: 1s, retryRemoteLocalities: true}'), { only: [code] }).diagnostics;
    expect(finding?.message).toBe(
      'retries of VirtualService bookinfo/reviews have `perTryTimeout`, `retryOn` and `retryRemoteLocalities`, but no `attempts`',
    );
  });

  it.each(['{attempts: 0}', '{}', '{attempts: 1, retryOn: 5xx}', '{retryOn: ""}', '{backoff: 1s}', '{retryIgnorePreviousHosts: true}'])(
    'fine: %s',
    (retries) => {
      expect(found(retrying(retries), code)).toEqual([]);
    },
  );

  it('leads to the intent', () => {
    expect(rendered(`${reviews}retries:\n  perTryTimeout: 1s\n`).findings).toEqual(['MS5120 line 6']);
  });
});
