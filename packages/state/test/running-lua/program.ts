/**
 * Run as a process: executes a chunk for ever. Its arguments are the runtime, the chunk, the options of the state as
 * JSON, and the path of a file where stuck calls are told of. If the chunk returns `string.find`, that is called without
 * any function of Lua. Whoever inspects the process finds `runningLua`.
 */
import { openSync } from 'node:fs'
import process from 'node:process'
import {
  openLua,
  runningLua,
  tellStuckCalls,
  type LuaCoroutine,
  type LuaOptions,
  type RuntimeName,
} from '../../src/index.ts'

// Where SIGUSR1 lets the inspector listen: any free port.
process.debugPort = 0

const [, , runtime = '', chunk = '', options = '{}', told = ''] = process.argv
if (told !== '') tellStuckCalls(openSync(told, 'a'))
const lua = await openLua(runtime as RuntimeName, JSON.parse(options) as LuaOptions)
Object.assign(globalThis, { runningLua })
Object.assign(lua.globals, {
  ready: () => void process.stdout.write('ready\n'),
  callFromJs: (f: () => unknown) => f(),
  resumeFromJs: (coroutine: LuaCoroutine) => coroutine.resume(),
  loopInJs: () => {
    for (;;);
  },
})
const find: unknown = lua.compile(chunk, { name: 'endless' })()
if (typeof find === 'function') find('a'.repeat(40), `${'a?'.repeat(40)}${'a'.repeat(41)}`)
