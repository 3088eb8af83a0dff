import { defineConfig } from 'vitest/config';

/** Tests against real servers, one file after the other: `make e2e`. What is not installed is skipped by name. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
