/** How a process can end or stand still. The names are those that fixtures/project/deaths.ts knows. */

/** `throws`: Vitest makes an error of it. `dies`: the process is gone. `blocks`: it stands still. */
export type Manner = 'throws' | 'dies' | 'blocks'

export interface Death {
  readonly name: string
  readonly manner: Manner
  /** Stands in what is said of it. */
  readonly words: RegExp
  /** With which the process ends, if nobody makes an error of it. */
  readonly code?: number
}

const SEGMENTATION_FAULT = /SIGSEGV/
const BLOCKED = /no sign of life/
/** V8 may look for garbage for longer than the pool waits for a file that is over. */
const HEAP_LIMIT = /heap limit|no sign of life/

export const DEATHS: readonly Death[] = [
  { name: 'process.exit(0)', manner: 'throws', words: /process\.exit|code 0/, code: 0 },
  { name: 'process.exit(3)', manner: 'throws', words: /process\.exit|code 3/, code: 3 },
  { name: 'process.reallyExit(0)', manner: 'dies', words: /process\.reallyExit|code 0/, code: 0 },
  { name: 'process.abort()', manner: 'dies', words: /abort|SIGABRT/ },
  { name: 'SIGSEGV', manner: 'dies', words: SEGMENTATION_FAULT },
  { name: 'SIGKILL', manner: 'dies', words: /SIGKILL/ },
  { name: "V8's heap limit", manner: 'dies', words: HEAP_LIMIT },
  { name: 'a null pointer', manner: 'dies', words: SEGMENTATION_FAULT },
  { name: 'a native stack overflow', manner: 'dies', words: SEGMENTATION_FAULT },
  { name: 'an endless loop in JavaScript', manner: 'blocks', words: BLOCKED },
  { name: 'an endless loop in Lua', manner: 'blocks', words: BLOCKED },
  { name: 'an endless loop that LuaJIT has compiled', manner: 'blocks', words: BLOCKED },
]
