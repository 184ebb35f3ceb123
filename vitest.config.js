import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['{shared,electron,build,renderer}/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'rig',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // Each file starts servers of its own; more than two at once only fight over two cores.
          maxWorkers: 2,
        },
      },
    ],
  },
});
