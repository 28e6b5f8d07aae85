/** What an exit code says of its cause. */

/** https://nodejs.org/api/process.html#exit-codes */
const MEANINGS: Readonly<Record<number, string>> = {
  0: 'process.exit(0), or nothing was left to do, before the tests were done',
  1: 'process.exit(1), or an error that nobody caught',
  5: 'a fatal error in V8',
  7: "an error in a handler of 'uncaughtException'",
  9: 'an option that Node.js does not know',
  12: 'an option of the inspector that Node.js does not know',
  13: 'an await at the top level of a module that never settled',
}

/** Windows tells of a crash by the code of its exception, which Node.js gives unsigned. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  0x80000003: 'a breakpoint: V8 or native code stopped itself at a failed check',
  0xc0000005: 'an access violation: native code touched memory that is not its own',
  0xc000001d: 'an illegal instruction in native code',
  0xc0000094: 'a division of integers by zero in native code',
  0xc00000fd: 'a stack overflow in native code',
  0xc000013a: 'an interruption, like Ctrl+C',
  0xc0000142: 'a library could not be initialized',
  0xc0000374: 'its heap of native memory was corrupt',
  0xc0000409: 'native code gave up: an abort, or a stack that was overrun',
}

/** The last byte is the status of Lua: 2 is an error while running. https://github.com/LuaJIT/LuaJIT/blob/v2.1/src/lj_err.c */
const LUAJIT_EXCEPTION = 0xe24c4a00

/** @param said what it said before it ended, in words */
export function codeWords(code: number, platform: NodeJS.Platform, said: string | undefined): string {
  if (platform === 'win32' && code >= 0x80000000) {
    const number = `0x${code.toString(16).toUpperCase()}`
    return withMeaning(`was ended by the exception ${number}`, said ?? exceptionMeaning(code))
  }
  return withMeaning(`ended with exit code ${code}`, (code === 0 ? undefined : said) ?? MEANINGS[code])
}

function exceptionMeaning(code: number): string | undefined {
  if (code - (code % 0x100) === LUAJIT_EXCEPTION) return 'an error of LuaJIT that nothing caught'
  return EXCEPTIONS[code]
}

function withMeaning(what: string, meaning: string | undefined): string {
  return meaning === undefined ? what : `${what} (${meaning})`
}
