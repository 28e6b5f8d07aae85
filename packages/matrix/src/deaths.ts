/** How a process can end or stand still. The names are those that fixtures/project/deaths.ts knows. */

/** `throws`: Vitest makes an error of it. `dies`: the process is gone. `blocks`: it stands still. */
export type Manner = 'throws' | 'dies' | 'blocks'

export interface Death {
  readonly name: string
  readonly manner: Manner
  /** With which the process ends, if nobody makes an error of it. */
  readonly code?: number
}

export const DEATHS: readonly Death[] = [
  { name: 'process.exit(0)', manner: 'throws', code: 0 },
  { name: 'process.exit(3)', manner: 'throws', code: 3 },
  { name: 'process.reallyExit(0)', manner: 'dies', code: 0 },
  { name: 'process.abort()', manner: 'dies' },
  { name: 'SIGSEGV', manner: 'dies' },
  { name: 'SIGKILL', manner: 'dies' },
  { name: "V8's heap limit", manner: 'dies' },
  { name: 'a null pointer', manner: 'dies' },
  { name: 'a native stack overflow', manner: 'dies' },
  { name: 'an endless loop in JavaScript', manner: 'blocks' },
  { name: 'an endless loop in Lua', manner: 'blocks' },
  { name: 'an endless loop that LuaJIT has compiled', manner: 'blocks' },
]
