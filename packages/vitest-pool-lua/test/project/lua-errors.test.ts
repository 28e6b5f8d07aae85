import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

/** What Vitest printed of one failed test. Lua shortens the names of long paths. */
function failure(stderr: string, name: string): string {
  const start = stderr.indexOf(`FAIL  test/errors.test.ts > ${name}\n`)
  return stderr
    .slice(start, stderr.indexOf('⎯⎯⎯⎯', start))
    .replaceAll(/\.\.\.[^\n]*?\/lua\//g, '<root>/lua/')
    .trim()
}

describe.each(SUPPORTED)('on $name', bed => {
  test('errors of Lua show a Lua stack and a code frame, and end nothing but their test', async () => {
    const { code, stdout, stderr } = await runVitest(bed, 'lua-errors')
    expect(code).toBe(1)
    expect(stdout).toContain('10 failed | 1 passed')

    expect(failure(stderr, 'an error in a Lua file')).toMatchInlineSnapshot(`
      "FAIL  test/errors.test.ts > an error in a Lua file
      LuaError: <root>/lua/rules.lua:4: attempt to index a nil value (local 'bonus')
       ❯ function lua/rules.lua:4:1
            2|
            3| local function damage(base, bonus)
            4|   return base + bonus.amount
             | ^
            5| end
            6|
       ❯ test/errors.test.ts:6:9"
    `)
    expect(failure(stderr, 'an error in a chunk')).toMatchInlineSnapshot(`
      "FAIL  test/errors.test.ts > an error in a chunk
      LuaError: [string "local t = nil..."]:2: attempt to index a nil value (local 't')
       ❯ test/errors.test.ts:10:7
            8|
            9| test('an error in a chunk', ({ lua }) => {
           10|   lua.execute('local t = nil\\nreturn t.x')
             |       ^
           11| })
           12|"
    `)
    expect(failure(stderr, 'a syntax error in a Lua file')).toMatchInlineSnapshot(`
      "FAIL  test/errors.test.ts > a syntax error in a Lua file
      LuaSyntaxError: error loading module 'broken' from file '<root>/lua/broken.lua':
      	<root>/lua/broken.lua:2: unexpected symbol near '='
       ❯ main chunk lua/broken.lua:2:1
            1| local x = 1
            2| local y = = 2
             | ^
            3| return x + y
            4|
       ❯ test/errors.test.ts:14:7"
    `)
    expect(failure(stderr, 'a chunk of binary garbage')).toContain(
      '<root>/lua/garbage.lua: version mismatch in precompiled chunk',
    )
    expect(failure(stderr, 'an error that JavaScript threw through Lua')).toMatchInlineSnapshot(`
      "FAIL  test/errors.test.ts > an error that JavaScript threw through Lua
      LuaError: from JavaScript
       ❯ test/errors.test.ts:29:7
           27|     throw new RangeError('from JavaScript')
           28|   }
           29|   lua.execute('callback()')
             |       ^
           30| })
           31|

      Caused by: RangeError: from JavaScript
       ❯ lua.globals.callback test/errors.test.ts:27:11"
    `)
    expect(failure(stderr, 'a table that is not as expected')).toMatchInlineSnapshot(`
      "FAIL  test/errors.test.ts > a table that is not as expected
      AssertionError: expected { '1': 1, '2': 2, name: 'x' } to deeply equal { '1': 1, '2': 3, name: 'x' }

      - Expected
      + Received

        {
          "1": 1,
      -   "2": 3,
      +   "2": 2,
          "name": "x",
        }

       ❯ test/errors.test.ts:33:44
           31|
           32| test('a table that is not as expected', ({ lua }) => {
           33|   expect(lua.eval('{ 1, 2, name = "x" }')).toEqual({ 1: 1, 2: 3, name:…
             |                                            ^
           34| })
           35|"
    `)

    const missing = failure(stderr, 'a Lua file that does not exist')
    expect(missing).toContain("module 'nowhere' not found")
    expect(missing).toContain("no file '<root>/lua/nowhere.lua'")

    for (const loop of ['an endless loop', 'an endless loop in a coroutine that pcall protects']) {
      expect(failure(stderr, loop)).toContain('LuaTimeoutError')
      expect(failure(stderr, loop)).toMatch(/limit of [89]\d\d ms/)
    }
    expect(failure(stderr, 'os.exit')).toContain('os.exit(3) was called')
  })

  test('a Lua error while a file is imported shows its code frame, and the guards close all the same', async () => {
    const { code, stderr, report } = await runVitest(bed, 'early')
    expect(code).toBe(1)
    expect(stderr).toContain('2| local y = = 2')
    const files = Object.fromEntries(report?.files.map(file => [file.file, file]) ?? [])
    expect(files['test/broken.test.ts']).toMatchObject({
      luaFiles: ['lua/broken.lua'],
      engines: { opened: 1, disposed: 1, left: 0 },
      findings: [{ kind: 'process-left-running', test: null, at: { line: 5 } }],
    })
    expect(files['test/skipped.test.ts']).toMatchObject({
      tests: { passed: 0, failed: 0, skipped: 1, lost: 0 },
      engines: { opened: 1, disposed: 1, left: 0 },
    })
  })
})
