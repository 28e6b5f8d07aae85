/** Starts `program.ts`, which ends with the test. */
import { spawn, type ChildProcess } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { LuaOptions, RuntimeName } from '../../src/index.ts'
import { lineOf } from './inspected.ts'

const program = fileURLToPath(new URL('program.ts', import.meta.url))
const sourceFlags = [
  '--experimental-strip-types',
  '--disable-warning=ExperimentalWarning',
  '--conditions=dev',
]

export interface Program {
  readonly runtime: RuntimeName
  /** Calls `ready()` before it runs for ever. */
  readonly chunk: string
  readonly options?: LuaOptions
  /** The path of a file, where stuck calls are told of. */
  readonly told?: string
}

/** Gives the process once the chunk has called `ready`. */
export async function startProgram({
  runtime,
  chunk,
  options = {},
  told = '',
}: Program): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [...sourceFlags, program, runtime, chunk, JSON.stringify(options), told],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  await lineOf(child.stdout, /^ready$/)
  return child
}
