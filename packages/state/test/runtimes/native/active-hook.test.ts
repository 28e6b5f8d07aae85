import { expect, test } from 'vitest'
import { LuaTimeoutError } from '../../../src/index.ts'
import { onEveryRuntime } from '../../every-runtime.ts'
import { thrownBy } from '../../fresh-state.ts'

/**
 * Sets the flag of LuaJIT that says that a hook is active, as two threads can leave it that change it at once. It is in
 * the byte of the events of the hook, which is looked for: 2 stands for `return`, 4 for `line`. (So do they in the byte
 * behind it, which says what the interpreter does.) A thread has the address of its state as its third word.
 */
const activate = `
  local ffi = require 'ffi'
  local thread = tonumber((tostring(coroutine.create(print)):gsub('thread: ', '')))
  local state = ffi.cast('uint8_t *', ffi.cast('uint64_t *', ffi.cast('uintptr_t', thread))[2])
  local function where(event, value)
    debug.sethook(function() end, event)
    local found = {}
    for at = 0, 1023 do found[at] = state[at] == value end
    debug.sethook()
    return found
  end
  local returns, lines = where('return', 2), where('line', 4)
  local at = 0
  while not (returns[at] and lines[at]) do at = at + 1 end
  state[at] = 16
`

const swallowing = {
  'a loop': 'local function f() while true do end end while true do pcall(f) end',
  errors: 'local function f() return nil + 1 end while true do pcall(f) end',
  'endless recursion': 'local function f() while true do pcall(f) end end f()',
}

await onEveryRuntime((fresh, runtime) => {
  test.skipIf(runtime !== 'luajit').each(Object.entries(swallowing))(
    'a call that swallows %s ends at its limit although a hook counts as active',
    { timeout: 60_000 },
    (_, chunk) => {
      const lua = fresh({ callTimeout: 60 })
      lua.execute(activate)
      expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaTimeoutError)
      expect(lua.eval('1 + 1')).toBe(2)
      expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaTimeoutError)
    },
  )
})
