import { defineConfig } from 'vitest/config'
import { lua } from 'vitest-pool-lua'
import { installedRuntimes } from './src/installed-runtimes.ts'

const runtimes = await installedRuntimes()

export default defineConfig({
  test: {
    projects: runtimes.map(runtime => ({
      plugins: [lua({ runtime, packagePath: ['lua/?.lua'] })],
      test: { name: runtime, include: ['test/**/*.test.ts'] },
    })),
  },
})
