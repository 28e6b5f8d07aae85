import { defineConfig } from 'vitest/config'
import { lua } from 'vitest-pool-lua'

export default defineConfig({
  plugins: [
    lua({
      packagePath: ['lua/?.lua'],
      setup: './test/lua.setup.ts',
      registries: ['prom-client'],
    }),
  ],
  test: { include: ['test/**/*.test.ts'] },
})
