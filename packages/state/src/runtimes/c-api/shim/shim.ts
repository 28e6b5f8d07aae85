/**
 * What the machine needs inside Lua, in Lua: it raises and yields where C functions of ours can't, takes traces, and
 * replaces the library functions that would harm or bypass their host. One source for 5.1 to 5.4 and LuaJIT.
 *
 * It keeps every function that it uses in locals, so that no code of users can disturb it, and it never shows in
 * the traces of their errors.
 */
import { callsSource } from './calls.ts'
import { guardsSource } from './guards.ts'
import { librariesSource } from './libraries.ts'
import { snapshotsSource } from './snapshots.ts'
import { tracesSource } from './traces.ts'
import { watchesSource } from './watches.ts'

/** Its chunk name, by which frames are recognised as ours. */
export const shimName = '(LuaState)'

/** What the chunk returns, in this order. */
export const shimResults = [
  'wrap',
  'handler',
  'traceOf',
  'failed',
  'suspended',
  'several',
  'functions',
  'objects',
  'traces',
  'collect',
  'equip',
  'install',
] as const

export type ShimResult = (typeof shimResults)[number]

const installSource = String.raw`
local function install(host, version)
  installPrint(host)
  installFiles(host)
  installExit(host)
  installIo(host, version)
  watchRegistry()
  keepCoroutines(version)
  guardProcess(version)
  if host.finalizersExist then watchFinalizers(host, version) end
  if host.noteCoroutine then watchCoroutines(host) end
  if host.isEnding then guardHandlers(host) end
  function debug.debug() error('debug.debug needs a terminal, which a test does not have', 2) end
  if host.kept then dropLibraries(host.kept) end
end

return wrap, handler, traceOf, failed, suspended, several, functions, objects, traces, collect, equip, install
`

/** One chunk: its parts share their locals, in this order. */
export const shimSource = [
  callsSource,
  tracesSource,
  snapshotsSource,
  librariesSource,
  watchesSource,
  guardsSource,
  installSource,
].join('')
