import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog.ts';
import { treeOf } from '../support/tree-of.ts';

const root = process.cwd();
const snapshot = join(root, 'test/architecture/codes.txt');

/** Codes that were published once and find nothing any more: never to be given to another finding. */
const retired: readonly string[] = ['MS1069 word-has-effect', 'MS2028 no-unreachable-route', 'MS8023 trusted-event'];

/** The first digit of the codes that a folder of src/ may define; see src/model/diagnostic.ts. */
const bands: Readonly<Record<string, readonly string[]>> = {
  import: ['1'],
  document: ['1'],
  load: ['1'],
  resolve: ['2'],
  'rules/intent': ['3'],
  'rules/waivers.ts': ['3'],
  'rules/suppressions.ts': ['3'],
  expand: ['4'],
  emit: ['4'],
  consume: ['4'],
  deploy: ['4'],
  'rules/manifest': ['5'],
  simulate: ['6'],
  expect: ['6'],
  prove: ['6'],
  'rules/traffic': ['6'],
  diff: ['6'],
  rollout: ['7'],
  // Whether something is proposed is decided between git and the forge.
  propose: ['8'],
  'rules/rollout': ['7'],
  metrics: ['7'],
  // Reading files is loading, though a disk is at fault.
  repo: ['1', '8', '9'],
};

interface Definition {
  readonly path: string;
  readonly code: string;
}

/** Every definition that the source writes, found in the text: what the catalog forgets must show. */
const defined: readonly Definition[] = [
  ...treeOf(join(root, 'src'), (path) => path.endsWith('.ts') && !path.startsWith('generated/')),
].flatMap(([path, text]) => {
  const calls = [...text.matchAll(/=\s*define(?:Diagnostic|Rule|ObjectRule|ObjectInMeshRule|MeshRule)\b/g)].length;
  const codes = [...text.matchAll(/^ {2}code: '([^']*)',$/gm)].map(([, code = '']) => code);
  expect(codes, `one code for each definition in src/${path}`).toHaveLength(calls);
  return codes.map((code) => ({ path, code }));
});

function bandOf(path: string): readonly string[] {
  return Object.entries(bands).find(([place]) => path === place || path.startsWith(`${place}/`))?.[1] ?? [];
}

describe('the catalog of diagnostics', () => {
  it('knows every definition of the source, and no other', () => {
    expect(defined.length).toBeGreaterThan(100);
    expect(defined.map(({ code }) => code).sort()).toEqual(catalog.map(({ code }) => code));
  });

  it('has codes that are unique, and sorted', () => {
    const codes = catalog.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.filter((code) => !/^MS\d{4}$/.test(code))).toEqual([]);
  });

  it('has names that are unique and in kebab-case', () => {
    const names = catalog.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(catalog.filter(({ name }) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  it('has codes in the band of the folder that finds them', () => {
    const elsewhere = defined.filter(({ path, code }) => !bandOf(path).includes(code.charAt(2)));
    expect(elsewhere).toEqual([]);
  });

  it('says why and what to write, each with its full stop', () => {
    const cut = catalog.filter(({ why, fix }) => ![why, fix].every((text) => /^\S.*[.]$/.test(text) && !text.includes('  ')));
    expect(cut.map(({ code, why, fix }) => ({ code, why, fix }))).toEqual([]);
  });

  it('says since when, in a version', () => {
    expect(catalog.filter(({ since }) => !/^\d+\.\d+\.\d+$/.test(since))).toEqual([]);
  });
});

describe('codes are never reused', () => {
  it('are those of codes.txt (UPDATE_GOLDEN=1 adds new ones), or retired', () => {
    const written = catalog.map(({ code, name }) => `${code} ${name}`);
    const known = readFileSync(snapshot, 'utf8').split('\n').filter(Boolean);
    const gone = known.filter((line) => !written.includes(line) && !retired.includes(line));
    expect(gone, 'a code keeps its name for good; one that is removed is listed in `retired`').toEqual([]);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(snapshot, `${[...new Set([...known, ...written])].sort().join('\n')}\n`);
    expect([...new Set([...written, ...retired])].sort()).toEqual(readFileSync(snapshot, 'utf8').split('\n').filter(Boolean));
  });

  it('never gives a retired code to another finding', () => {
    const codes = retired.map((line) => line.split(' ')[0]);
    expect(catalog.filter(({ code }) => codes.includes(code))).toEqual([]);
  });
});
