import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { LuaError, LuaSyntaxError } from '../src/index.ts'
import { freshState, thrownBy } from './fresh-state.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lua errors '))
const file = (name: string, source: string) => {
  const absolute = path.join(folder, name)
  writeFileSync(absolute, source)
  return absolute
}

test('the stack has the frames of Lua first, then those of the caller', () => {
  const lua = freshState()
  const source = file(
    'deep.lua',
    'function inner()\n  error("boom")\nend\nfunction outer()\n  inner()\nend\n',
  )
  lua.globals.dofile(source)
  const error = thrownBy(() => lua.globals.outer()) as LuaError
  const [head, first, second, third] = String(error.stack).split('\n')
  expect(head).toBe(`LuaError: ${error.message}`)
  expect(first).toBe(`    at inner (${source}:2:1)`)
  expect(second).toBe(`    at function (${source}:5:1)`)
  expect(third).toContain(import.meta.filename)
  expect(error.stack).not.toMatch(/packages\/state\/src|fengari/)
})

test('an error says its value, traceback, chunk and line', () => {
  const lua = freshState()
  const error = thrownBy(() => lua.compile('\n\nerror("boom")', { name: 'rules' })()) as LuaError
  expect(error).toBeInstanceOf(LuaError)
  expect(error).toMatchObject({ name: 'LuaError', message: 'rules:3: boom', chunk: 'rules', line: 3 })
  expect(error.value).toBe('rules:3: boom')
  expect(error.traceback).toContain("in function 'error'")
  expect(Object.keys(error)).toEqual([])
})

test('error values that are no strings have sensible messages', () => {
  const lua = freshState()
  const message = (chunk: string) => (thrownBy(() => lua.execute(chunk)) as LuaError).message
  expect(message('error()')).toBe('(error object is a nil value)')
  expect(message('error(42)')).toBe('42')
  expect(message('error(false)')).toBe('(error object is a boolean value: false)')
  expect(message('error({})')).toBe('(error object is a table value)')
  expect(message('error({message = "inside"})')).toBe('inside')
  expect(message('error(setmetatable({}, {__tostring = function() return "mine" end}))')).toBe('mine')
  expect(message('error(print)')).toBe('(error object is a function value)')
})

test('an error value keeps its identity', () => {
  const lua = freshState()
  const error = thrownBy(() => lua.execute('failure = {code = 7} error(failure)')) as LuaError
  expect(error.value).toBe(lua.globals.failure)
  expect(error.value).toEqual({ code: 7 })
})

test('what a callback throws is what pcall catches, and the cause when nothing does', () => {
  const lua = freshState()
  const thrown = new TypeError('of JS')
  lua.globals.fail = () => {
    throw thrown
  }
  expect(lua.execute('local ok, e = pcall(fail) return e')).toBe(thrown)
  expect(lua.execute('local ok, e = pcall(fail) return tostring(e), e.message')).toBe('TypeError: of JS')
  for (const chunk of ['fail()', 'local ok, e = pcall(fail) error(e)', 'coroutine.wrap(fail)()']) {
    const error = thrownBy(() => lua.execute(chunk)) as LuaError
    expect(error).toBeInstanceOf(LuaError)
    expect(error.cause).toBe(thrown)
    expect(error.value).toBe(thrown)
    expect(error.message).toBe('of JS')
    expect(error.traceback).toContain('stack traceback:')
  }
})

test('a callback may throw anything', () => {
  const lua = freshState()
  lua.globals.fail = (value: unknown) => {
    throw value
  }
  const plain = { code: 1 }
  lua.globals.plain = () => {
    throw plain
  }
  expect(lua.execute('local _, e = pcall(fail, "text") return e')).toBe('text')
  expect(lua.execute('local _, e = pcall(fail, 7) return e')).toBe(7)
  expect(lua.execute('local _, e = pcall(fail) return e == nil')).toBe(true)
  expect(lua.execute('local _, e = pcall(plain) return e')).toBe(plain)
})

test('an error of Lua that goes through a callback comes out as the same error', () => {
  const lua = freshState()
  let inner: unknown
  lua.globals.callback = () => {
    inner = thrownBy(() => lua.execute('error("deep")'))
    throw inner
  }
  expect(thrownBy(() => lua.execute('callback()'))).toBe(inner)
})

test('a syntax error has its frame at its line', () => {
  const lua = freshState()
  const source = file('broken.lua', '\n\nlocal x = = 1\n')
  const direct = thrownBy(() => lua.compile('\nlocal x = = 1', { name: source })) as LuaSyntaxError
  expect(direct).toBeInstanceOf(LuaSyntaxError)
  expect(direct).toMatchObject({ name: 'LuaSyntaxError', chunk: source, line: 2 })
  expect(String(direct.stack).split('\n')[1]).toBe(`    at main chunk (${source}:2:1)`)
  lua.globals.package.path = `${folder}/?.lua`
  for (const load of [() => lua.require('broken'), () => lua.globals.dofile(source)]) {
    const loaded = thrownBy(load) as LuaSyntaxError
    expect(loaded).toBeInstanceOf(LuaSyntaxError)
    expect(loaded).toMatchObject({ chunk: source, line: 3 })
    expect(String(loaded.stack)).toContain(`    at main chunk (${source}:3:1)\n`)
  }
})

test('binary garbage is a syntax error', () => {
  const lua = freshState()
  for (const chunk of ['\u001bLua', Uint8Array.of(27, 76, 117, 97, 82, 0, 255), '\u0000\u0001']) {
    expect(thrownBy(() => lua.compile(chunk))).toBeInstanceOf(LuaSyntaxError)
  }
  const source = path.join(folder, 'garbage.lua')
  writeFileSync(source, Uint8Array.of(27, 76, 117, 97, 83, 0, 25, 147, 13, 10, 26, 10, 4, 4, 4, 8, 8, 0))
  expect(thrownBy(() => lua.globals.dofile(source))).toBeInstanceOf(LuaSyntaxError)
})

test('an error that blames its caller has the frame of the caller first', () => {
  const lua = freshState()
  const source = file(
    'blame.lua',
    'function check(x)\n  error("bad x", 2)\nend\nfunction use()\n  check()\nend\n',
  )
  lua.globals.dofile(source)
  const error = thrownBy(() => lua.globals.use()) as LuaError
  expect(error.line).toBe(5)
  expect(String(error.stack).split('\n')[1]).toBe(`    at function (${source}:5:1)`)
  expect(error.traceback).toContain("in function 'check'")
})

test('an error of JS keeps its identity even where its message means something to Lua', () => {
  const lua = freshState()
  const thrown = new RangeError('Invalid array length')
  lua.globals.fail = () => {
    throw thrown
  }
  expect(lua.execute('local ok, e = pcall(fail) return e')).toBe(thrown)
})

test('the callers of a deep call are all there', () => {
  const lua = freshState()
  const innerCaller = (): unknown => lua.execute('error("x")')
  const outerCaller = (): unknown => [innerCaller()]
  expect((thrownBy(outerCaller) as LuaError).stack).toMatch(/innerCaller[^]*outerCaller/)
})

test('when Lua is out of memory the error is a LuaMemoryError', () => {
  const lua = freshState()
  expect(thrownBy(() => lua.execute('error("not enough memory", 0)'))).toMatchObject({
    name: 'LuaMemoryError',
  })
})

test('an error of nil has the value undefined, whatever its message says', () => {
  const lua = freshState()
  const error = thrownBy(() => lua.execute('error(nil)')) as LuaError
  expect(error.value).toBeUndefined()
  expect(error.message).toBe('(error object is a nil value)')
})

test('messages are text in states whose strings are bytes', () => {
  const lua = freshState({ encoding: 'bytes' })
  const message = (chunk: string) => (thrownBy(() => lua.execute(chunk)) as LuaError).message
  expect(message('x = = 1')).toBe(`[string "x = = 1"]:1: unexpected symbol near '='`)
  expect(message('error({message = "inside"})')).toBe('inside')
  expect(message('error(setmetatable({}, {__tostring = function() return "mine" end}))')).toBe('mine')
  expect(String(lua.eval('setmetatable({}, {__tostring = function() return "mine" end})'))).toBe('mine')
})

test('what a callback throws and Lua has no place for is told in words', () => {
  const lua = freshState()
  const other = freshState()
  const thrown = (value: unknown): unknown =>
    lua.execute('local f = ... local ok, e = pcall(f) return e', () => {
      throw value
    })
  expect(thrown(10n ** 30n)).toBe(String(10n ** 30n))
  expect(thrown(other.eval('print'))).toContain('=>')
  const foreign = other.table([1])
  expect(thrown(foreign)).toBe(foreign)
})

test('a table that a callback throws is the same table in Lua', () => {
  const lua = freshState()
  const table = lua.table({ code: 7 })
  const code = lua.execute('local f = ... local ok, e = pcall(f) return e.code + 1', () => {
    throw table
  })
  expect(code).toBe(8)
})

test('a chunk without a name is cut in `chunk` and the stack as Lua cuts it in its messages', () => {
  const lua = freshState()
  for (const source of [
    `error("x") -- ${'y'.repeat(31)}`,
    `error("x") -- ${'y'.repeat(60)}`,
    'error("x")\n',
  ]) {
    const error = thrownBy(() => lua.execute(source)) as LuaError
    expect(error.message).toBe(`${error.chunk}:1: x`)
    expect(error.stack).toContain(`at main chunk (${error.chunk}, line 1)`)
  }
})

test('compile refuses what is no source, no name and no option', () => {
  const lua = freshState()
  expect(thrownBy(() => lua.compile(5 as never))).toMatchObject({ code: 'LUA_STATE_CHUNK_INVALID' })
  for (const options of [{ name: 5 }, { nmae: 'x' }, 'x']) {
    const error = thrownBy(() => lua.compile('return 1', options as never))
    expect(error).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
  }
})
