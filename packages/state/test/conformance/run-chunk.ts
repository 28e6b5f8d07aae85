/** The child of in-a-child.ts: `node run-chunk.ts <runtime> <chunk>`. */
import { openLua, type RuntimeName } from '../../src/index.ts'

const [runtime, chunk] = process.argv.slice(2) as [RuntimeName, string]
const lua = await openLua(runtime)
let error: string | undefined
try {
  lua.execute(chunk)
} catch (thrown) {
  error = (thrown as Error).message
}
console.log(JSON.stringify({ error, afterwards: lua.eval('1 + 1') as number }))
lua.close()
