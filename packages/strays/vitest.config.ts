import { defineConfig } from 'vitest/config'

// Tests run on the sources: the condition `dev` leads every package of the workspace to its src.
export default defineConfig({
  ssr: { resolve: { conditions: ['dev', 'node', 'module-sync'] } },
  resolve: { conditions: ['dev'] },
  test: {
    name: 'strays',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/make-beds.ts'],
    // Each starts a Vitest of its own.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
})
