import { defineConfig } from 'vitest/config'
import { lua } from 'vitest-pool-lua'

export default defineConfig({
  plugins: [lua({ packagePath: ['lua/?.lua'] })],
  test: { include: ['test/**/*.test.ts'] },
})
