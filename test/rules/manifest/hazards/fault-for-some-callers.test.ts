import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';

const only = ['MS5901'];
const abort = 'abort: {httpStatus: 503, percentage: {value: 10}}';

/** The fault stands on line 8. */
const faulty = (match: string, fault = abort) =>
  checked(
    virtualService(
      `hosts: [ratings]\nhttp:\n- fault:\n    ${fault}\n  route: [{destination: {host: ratings}}]\n${match === '' ? '' : `  match: [${match}]`}`,
    ),
    { only },
  );

describe('fault-for-some-callers', () => {
  it.each([
    ['no match', ''],
    ['a path', '{uri: {prefix: /ratings}}'],
    ['nearly everyone', '{withoutHeaders: {x-real: {exact: "1"}}}'],
    ['one of two matches', '{headers: {end-user: {exact: jason}}}, {uri: {prefix: /}}'],
    ['empty headers', '{headers: {}}'],
  ])('warning: %s', (_, match) => {
    expect(faulty(match).findings).toEqual(['MS5901 line 8']);
  });

  it('says what happens to whom', () => {
    expect(faulty('').diagnostics[0]?.message).toBe(
      'VirtualService bookinfo/reviews answers 10 % of requests with 503 itself, whoever asks',
    );
    expect(faulty('', 'delay: {fixedDelay: 7s, percentage: {value: 0.5}}').diagnostics[0]?.message).toContain(
      'delays 0.5 % of requests by 7s',
    );
    expect(faulty('', 'abort: {grpcStatus: UNAVAILABLE, percentage: {value: 100}}').diagnostics[0]?.message).toContain(
      '100 % of requests with UNAVAILABLE',
    );
  });

  it.each([
    ['a header', '{headers: {end-user: {exact: jason}}}', abort],
    ['a parameter', '{queryParams: {test: {exact: "1"}}}', abort],
    ['callers', '{sourceLabels: {app: loadtest}}', abort],
    ['a namespace', '{sourceNamespace: staging}', abort],
    ['nobody at all', '', 'abort: {httpStatus: 503, percentage: {value: 0}}'],
    ['nobody by omission, which another rule tells', '', 'abort: {httpStatus: 503}'],
  ])('fine: for %s', (_, match, fault) => {
    expect(faulty(match, fault).findings).toEqual([]);
  });
});
