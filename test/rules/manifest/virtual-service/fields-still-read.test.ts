import { describe, expect, it } from 'vitest';
import { checked } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5127';
const route = 'route: [{destination: {host: a}}]';

describe('fields-still-read', () => {
  it.each([
    ['appendHeaders: {a: b}', 'appendHeaders', 'write `headers.request.add`'],
    ['appendRequestHeaders: {a: b}', 'appendRequestHeaders', 'write `headers.request.add`'],
    ['removeRequestHeaders: [a]', 'removeRequestHeaders', 'write `headers.request.remove`'],
    ['appendResponseHeaders: {a: b}', 'appendResponseHeaders', 'write `headers.response.add`'],
    ['removeResponseHeaders: [a]', 'removeResponseHeaders', 'write `headers.response.remove`'],
    ['websocketUpgrade: true', 'websocketUpgrade', 'WebSockets need nothing today: remove it'],
    ['fault: {abort: {httpStatus: 500, percent: 5}}', 'percent', 'write `percentage: {value: …}`'],
  ])('error: %s', (field, marks, help) => {
    const text = routed(`${route}\n  ${field}`);
    expect(found(text, code)).toEqual([`MS5127 line 8: ${marks}`]);
    expect(checked(text, { only: [code] }).diagnostics.flatMap(({ hints }) => hints)).toEqual([help]);
    expect(found(text, code, '1.5')).toHaveLength(1);
    expect(found(text, code, '1.4')).toEqual([]);
  });

  it('error: at a destination', () => {
    const text = routed('route:\n  - destination: {host: a}\n    removeResponseHeaders: [a]\n    appendRequestHeaders: {a: b}');
    expect(found(text, code)).toEqual(['MS5127 line 9: removeResponseHeaders', 'MS5127 line 10: appendRequestHeaders']);
  });

  it('fine: what is deprecated and read', () => {
    expect(
      found(routed(`${route}\n  corsPolicy: {allowOrigin: [a]}\n  fault: {delay: {fixedDelay: 1s, percent: 5}}\n  mirrorPercent: 5`), code),
    ).toEqual([]);
    expect(found(routed(`${route}\n  headers: {request: {add: {a: b}}}`), code)).toEqual([]);
  });

  it('fine: an intent, which may use the words of its time', () => {
    expect(rendered('service: a\nport: 80\nfault: {abort: {httpStatus: 500, percent: 5}}\n').codes).toEqual([]);
  });
});
