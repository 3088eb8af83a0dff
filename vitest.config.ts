import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { ProgramsFirst } from './test/support/programs-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/e2e/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // Workers that are processes stay smaller than one with all threads in it, and what is small starts git faster.
    pool: 'forks',
    isolate: false,
    sequence: { sequencer: ProgramsFirst },
    // By itself it leaves a core free, which of two is half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
  },
});
