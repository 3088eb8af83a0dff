import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionCommands } from '../../src/action/action-commands.ts';
import { actionFile } from './job-runner.ts';

const root = process.cwd();
const text = readFileSync(join(root, 'action.yml'), 'utf8');

/** What SchemaStore's github-action.json asks of an action of JavaScript. */
it('action.yml has the form that GitHub asks for', () => {
  const { name, description, author, branding, inputs, outputs, runs, ...rest } = parse(text);
  expect(rest).toEqual({});
  for (const words of [name, description, author]) expect(words).toMatch(/\S/);
  expect(description.length).toBeLessThanOrEqual(125);
  expect(branding).toEqual({
    icon: expect.stringMatching(/^[a-z-]+$/),
    color: expect.stringMatching(/^(white|black|yellow|blue|green|orange|red|purple|gray-dark)$/),
  });
  expect(runs).toEqual({ using: 'node24', main: 'dist/action.mjs' });
  for (const [id, input] of Object.entries(inputs)) {
    expect(id).toMatch(/^[a-z][a-z-]*$/);
    expect(input).toEqual({ description: expect.stringMatching(/\S/), default: expect.any(String) });
  }
  for (const [id, output] of Object.entries(outputs)) {
    expect(id).toMatch(/^[a-z][a-z-]*$/);
    expect(output).toEqual({ description: expect.stringMatching(/\S/) });
  }
  expect(text).not.toContain('${{');
});

it('action.yml has the inputs that are read, and names each command', () => {
  const source = readFileSync(join(root, 'src/action/read-inputs.ts'), 'utf8');
  const read = [...source.matchAll(/input\('([a-z-]+)'\)/g)].map(([, name = '']) => name);
  expect([...new Set([...read, 'command', 'arguments'])].sort()).toEqual(Object.keys(actionFile.inputs).sort());
  for (const command of actionCommands.keys()) expect(actionFile.inputs.command?.description).toContain(command);
});

it('action.yml has the outputs that are written', () => {
  const source = readFileSync(join(root, 'src/action/conclude-step.ts'), 'utf8');
  for (const name of Object.keys(actionFile.outputs)) expect(source).toMatch(new RegExp(`\\b'?${name}'?[,:]`));
});

it('lies in the package, beside what it runs', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(files).toEqual(expect.arrayContaining(['action.yml', 'dist']));
});
