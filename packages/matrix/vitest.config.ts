import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'matrix',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/make-beds.ts'],
    // Two of them at once would be in each other's way, and each starts workers for both cores.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
})
