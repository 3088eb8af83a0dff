import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInputs } from '../../src/action/read-inputs.ts';
import { inputVariable } from './job-runner.ts';

function read(inputs: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  const given = Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]);
  return readInputs({ ...Object.fromEntries(given), ...variables });
}

function wordsOf(inputs: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  const answer = read(inputs, variables);
  return 'inputs' in answer ? [...answer.inputs.words, ...answer.inputs.extra] : answer.fault;
}

describe('the inputs of the action', () => {
  it.each([
    [{ command: 'check' }, ['check']],
    [{ command: ' render   --check\n', environment: 'prod,staging' }, ['render', '--check', '--env=prod', '--env=staging']],
    [{ command: 'rollout advance', arguments: '--all\r\n\n--label=a b\n' }, ['rollout', 'advance', '--all', '--label=a b']],
    [{ command: 'rollout advance' }, ['rollout', 'advance', '--all']],
    [{ command: 'rollout advance', rollout: 'reviews', 'dry-run': 'true' }, ['rollout', 'advance', 'reviews', '--dry-run']],
    [{ command: 'diff', base: '--help', rerender: 'True', 'working-directory': 'mesh one' }, ['diff', '--base=--help', '--rerender']],
    [{ command: 'check', rerender: 'false', 'dry-run': '' }, ['check']],
    [{ command: 'check', rerender: 'true' }, '`check` takes no `rerender`'],
    [{ command: 'check', rollout: 'reviews' }, '`check` takes no `rollout`'],
    [{ command: 'diff', 'dry-run': 'true' }, '`diff` takes no `dry-run`'],
    [{ command: 'diff', rerender: 'yes' }, '`rerender` is true or false; it says `yes`'],
    [{ command: 'rollout rollback' }, '`rollout rollback` needs `rollout`: the service or train that goes back'],
    [{ command: 'rollout advance', rollout: '--direct' }, '`rollout` names a service or a train; it says `--direct`'],
    [{ command: 'propose', token: 'two\nlines' }, '`token` has a space or a line end in it, which no token has'],
    [{ command: 'publish', environment: 'prod' }, '`publish` takes no `environment`'],
    [{ command: 'check', base: 'main' }, '`check` takes no `base`'],
  ])('%j', (inputs, words) => {
    expect(wordsOf(inputs)).toEqual(words);
  });

  it('refuses commands that there are not, and versions that are none', () => {
    expect(wordsOf({ command: 'check; ls' })).toMatch(/^`command` is one of check, test, .*; it says `check; ls`$/);
    expect(wordsOf({ command: '' })).toMatch(/^`command` is one of/);
    for (const version of ['latest', '^0.1.0', '0.1.0 --registry=x', '../..', 'git+https://x'])
      expect(wordsOf({ command: 'check', version })).toMatch(/^`version` is an exact/);
    expect(read({ command: 'check', version: '0.1.0-rc.1' })).toMatchObject({ inputs: { version: '0.1.0-rc.1' } });
  });

  it('compares a pull request with its base, unless told otherwise', () => {
    const pull = { GITHUB_BASE_REF: 'main' };
    expect(wordsOf({ command: 'diff' }, pull)).toContain('--base=main');
    expect(wordsOf({ command: 'diff', base: 'v1' }, pull)).toContain('--base=v1');
    expect(wordsOf({ command: 'propose' }, pull)).toEqual(['propose']);
  });

  it('gives the token to commands that ask the forge alone, and never as a word', () => {
    expect(read({ command: 'check', token: 'secret' })).not.toHaveProperty('inputs.token');
    for (const command of ['propose', 'publish', 'rollout advance', 'rollout status']) {
      expect(read({ command, token: 'secret' })).toMatchObject({ inputs: { token: 'secret' } });
      expect(wordsOf({ command, token: 'secret' })).not.toContain('secret');
    }
  });

  it('makes of any text one word of the line, or one for each of its lines', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a-;$(`)\'"\\ &|\t{}=') });
    fc.assert(
      fc.property(fc.array(text), text, (lines, base) => {
        const words = wordsOf({ command: 'diff', base, arguments: lines.join('\n') });
        const shown = lines.filter((line) => line.trim() !== '');
        expect(words).toEqual(['diff', ...(base.trim() === '' ? [] : [`--base=${base.trim()}`]), ...shown]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
