import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { exitWords } from '../../../../src/pool/death/exit-words.ts'
import type { ExitFacts } from '../../../../src/pool/death/exit-words.ts'

/** ms: what takes this long hangs. */
const HANGS = 60_000
const onPosix = process.platform !== 'win32'

function facts(changes: Partial<ExitFacts>): ExitFacts {
  return { code: null, signal: null, stderrTail: '', oomKills: 0, platform: 'linux', ...changes }
}

/** How a process of Node.js that runs this program really ends. */
function endOf(program: string, ...flags: string[]): ExitFacts {
  const run = spawnSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
    encoding: 'utf8',
    timeout: HANGS,
  })
  return facts({ code: run.status, signal: run.signal, stderrTail: run.stderr, platform: process.platform })
}

const HEAP_PROGRAM = 'const all = []; for (;;) all.push(new Array(1e5).fill(all.length))'

test.runIf(onPosix).each([
  [
    'SIGSEGV',
    'a segmentation fault: native code touched memory that is not its own, or its stack was used up',
  ],
  ['SIGBUS', 'a bus error: native code touched memory that is not there or not aligned'],
  ['SIGFPE', 'an arithmetic error in native code, such as a division of integers by zero'],
  ['SIGTRAP', 'native code stopped itself at a failed check'],
  ['SIGTERM', 'it was asked to end, from outside or by a test'],
  ['SIGKILL', "by somebody outside: it was not the kernel's OOM killer"],
])('a process that ends by %s is told with what it means', (signal, meaning) => {
  const program = `process.kill(process.pid, '${signal}'); setTimeout(() => {}, ${HANGS})`
  expect(exitWords(endOf(program))).toEqual({
    signal,
    code: null,
    words: `was ended by ${signal} (${meaning})`,
  })
})

test.runIf(onPosix)('an abort is told as one', () => {
  expect(exitWords(endOf('process.abort()'))).toEqual({
    signal: 'SIGABRT',
    code: null,
    words: 'was ended by SIGABRT (an abort: native code, Node.js or process.abort() gave up)',
  })
})

test.runIf(onPosix)(
  "V8's heap limit is told from other aborts by what it printed",
  { timeout: HANGS },
  () => {
    const { words } = exitWords(endOf(HEAP_PROGRAM, '--max-old-space-size=20'))
    expect(words).toBe("was ended by SIGABRT (V8's heap limit: JavaScript ran out of memory)")
  },
)

test.each([
  ['process.exit(3)', 3, 'ended with exit code 3'],
  [
    'process.exit(0)',
    0,
    'ended with exit code 0 (process.exit(0), or nothing was left to do, before the tests were done)',
  ],
  ["throw new Error('no')", 1, 'ended with exit code 1 (process.exit(1), or an error that nobody caught)'],
  [
    "process.on('uncaughtException', () => { throw new Error('again') }); throw new Error('no')",
    7,
    "ended with exit code 7 (an error in a handler of 'uncaughtException')",
  ],
  [
    'await new Promise(() => {})',
    13,
    'ended with exit code 13 (an await at the top level of a module that never settled)',
  ],
])('a process that runs %s ends with code %i and is told so', (program, code, words) => {
  expect(exitWords(endOf(program))).toEqual({ signal: null, code, words })
})

test.runIf(onPosix)('a signal that a shell tells of by a code is told as that signal', () => {
  const { status } = spawnSync('sh', ['-c', `"${process.execPath}" -e "process.abort()"; exit $?`])
  expect(exitWords(facts({ code: status })).words).toBe(
    'ended with exit code 134, SIGABRT (an abort: native code, Node.js or process.abort() gave up)',
  )
  expect(exitWords(facts({ code: 139 })).words).toContain('exit code 139, SIGSEGV (a segmentation fault')
  expect(exitWords(facts({ code: 137, oomKills: 1 })).words).toContain("code 137, SIGKILL (the kernel's OOM")
  expect(exitWords(facts({ code: 143 })).words).toContain('exit code 143, SIGTERM (it was asked to end')
})

function killed(oomKills: number | null): string {
  return exitWords(facts({ signal: 'SIGKILL', oomKills })).words
}

test('a SIGKILL is told with what the kernel says of its OOM killer', () => {
  expect(killed(1)).toBe(
    "was ended by SIGKILL (the kernel's OOM killer: the machine or its container had no memory left)",
  )
  expect(killed(0)).toBe("was ended by SIGKILL (by somebody outside: it was not the kernel's OOM killer)")
  expect(killed(null)).toBe(
    'was ended by SIGKILL (by somebody outside, or by the kernel where memory ran out)',
  )
})

test('what a process printed before somebody killed it is not the reason', () => {
  const stderrTail = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'
  expect(exitWords(facts({ signal: 'SIGKILL', stderrTail })).words).toContain('by somebody outside')
  expect(exitWords(facts({ signal: 'SIGTERM', stderrTail })).words).toContain('it was asked to end')
  expect(exitWords(facts({ code: 0, stderrTail })).words).toContain('process.exit(0)')
})

test('a signal that nobody knows is told by its name', () => {
  expect(exitWords(facts({ signal: 'SIGPWR' })).words).toBe('was ended by SIGPWR')
})

test('a process that never was is told so', () => {
  expect(exitWords(facts({})).words).toBe('could not be started')
})

test.each([
  [3221225477, 'was ended by the exception 0xC0000005 (an access violation: native code touched memory'],
  [3796650498, 'was ended by the exception 0xE24C4A02 (an error of LuaJIT that nothing caught)'],
  [3796650500, 'was ended by the exception 0xE24C4A04 (an error of LuaJIT that nothing caught)'],
  [3221226505, 'was ended by the exception 0xC0000409 (native code gave up'],
  [3221225725, 'was ended by the exception 0xC00000FD (a stack overflow in native code)'],
  [3221225501, 'was ended by the exception 0xC000001D (an illegal instruction'],
  [3221226356, 'was ended by the exception 0xC0000374 (its heap of native memory was corrupt)'],
  [2147483651, 'was ended by the exception 0x80000003 (a breakpoint'],
  [3221225999, 'was ended by the exception 0xC000020F'],
  [134, 'ended with exit code 134, SIGABRT (an abort'],
  [139, 'ended with exit code 139'],
])('on Windows the code %i is told in words', (code, begins) => {
  expect(exitWords(facts({ code, platform: 'win32' })).words.startsWith(begins)).toBe(true)
})

test("on Windows V8's heap limit is told from other ends by what it printed", () => {
  const stderrTail = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\r\n'
  for (const code of [134, 2147483651, 3221226505]) {
    expect(exitWords(facts({ code, stderrTail, platform: 'win32' })).words).toContain(
      "(V8's heap limit: JavaScript ran out of memory)",
    )
  }
})
