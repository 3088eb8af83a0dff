import { describe, expect, it } from 'vitest';
import { reviews } from '../../support/builders.ts';
import { rendered } from '../../support/rendered.ts';

const pinned = `${reviews}pins:\n  - {user: jason, version: v2, until: "2026-03-31", owner: web, reason: trial}\n`;

describe('pin-in-force', () => {
  it.each([
    ['after its day', '2026-04-01', ['MS3001 line 6']],
    ['on its day', '2026-03-31', []],
    ['when nobody asks about dates', undefined, []],
  ])('%s', (_, today, findings) => {
    expect(rendered(pinned, today === undefined ? {} : { today }).findings).toEqual(findings);
  });

  it('a date never changes the bytes', () => {
    expect(rendered(pinned, { today: '2030-01-01' }).compilation.files).toEqual(rendered(pinned).compilation.files);
  });
});
