/**
 * The runtime's command-line interpreter, for workloads: a whole process, by the CPU time that it tells
 * itself, less that of a process which does nothing.
 */
import { spawnSync } from 'node:child_process'
import type { RuntimeName } from '@vitest-pool-lua/state'
import type { Contender } from '../measure/compare.ts'

/** Of the same version of Lua, where the runtime has no command of its own. */
const commands: Record<RuntimeName, string> = {
  fengari: 'lua5.3',
  wasmoon: 'lua5.4',
  luajit: 'luajit',
  'lua5.1': 'lua5.1',
  'lua5.2': 'lua5.2',
  'lua5.3': 'lua5.3',
  'lua5.4': 'lua5.4',
}

/** undefined where the command is not installed. */
export function commandLine(runtime: RuntimeName, chunk: string): Contender | undefined {
  const command = commands[runtime]
  const startUps = Array.from({ length: 5 }, () => runChunk(command, ''))
  const startUp = Math.min(...startUps)
  if (Number.isNaN(startUp)) return undefined
  return {
    name: 'command',
    sample: times => runChunk(command, repeated(chunk, times)) - startUp,
  }
}

function repeated(chunk: string, times: number): string {
  return `local work = (function() ${chunk} end)() for _ = 1, ${times} do work() end`
}

/** In ms; NaN where it could not be run. */
function runChunk(command: string, chunk: string): number {
  const { stdout } = spawnSync(command, ['-'], { input: `${chunk} io.write(os.clock())`, encoding: 'utf8' })
  return stdout === null || stdout === '' ? Number.NaN : Number(stdout) * 1_000
}
