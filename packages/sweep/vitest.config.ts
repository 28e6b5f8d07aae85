import { defineConfig } from 'vitest/config'

// Unit tests run on the sources: the condition `dev` leads every package of the workspace to its src.
export default defineConfig({
  ssr: { resolve: { conditions: ['dev', 'node', 'module-sync'] } },
  resolve: { conditions: ['dev'] },
  test: {
    name: 'sweep',
    include: ['test/**/*.test.ts'],
    exclude: ['test/fixtures/**'],
    // Longer than what is waited for in them.
    testTimeout: 30_000,
  },
})
