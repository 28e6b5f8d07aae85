import { defineConfig } from 'vitest/config'

// Unit tests run on the sources: the condition `dev` leads every package of the workspace to its src.
// Project tests run the packed packages through the real CLI, so they need no condition.
export default defineConfig({
  test: {
    // Project tests mostly wait for the projects that they run.
    maxWorkers: 2,
    projects: [
      {
        ssr: { resolve: { conditions: ['dev', 'node', 'module-sync'] } },
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'] },
      },
      {
        test: {
          name: 'project',
          include: ['test/project/**/*.test.ts'],
          globalSetup: ['test/bed/install.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
