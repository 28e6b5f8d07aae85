/**
 * Starts Vitest where it can be brought to its end: with pipes, in a terminal of its own, or with a reader that goes
 * away. It stands when a test runs that never ends.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startVitest } from '@vitest-pool-lua/beds'
import { identityOf, isAlive } from '@vitest-pool-lua/sweep'
import type { ProcessIdentity } from '@vitest-pool-lua/sweep'
import { tagged } from '../tagged.ts'
import { until } from '../until.ts'

/** A main process whose test runs. */
export interface Going {
  readonly main: ProcessIdentity
  /** The project's. */
  readonly folder: string
  type(this: void, keys: string): void
  /** Closes its terminal, as a window that is closed does. */
  close(this: void): void
  /** Settles when it has said that it cancels, or is gone. */
  heardCancel(this: void): Promise<void>
  output(this: void): string
}

export interface Setting {
  /** Where the main process runs: with pipes, in a terminal, or with its output cut off after a line. */
  readonly place: 'pipes' | 'terminal' | 'head'
  readonly command: 'run' | 'watch'
  /** What else its environment has. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Start {
  /** The folder of the bed. */
  readonly bed: string
  /** The project's. */
  readonly folder: string
  readonly file: string
  readonly tag: string
  readonly setting: Setting
}

/** As many as the fixture's leave-strays.ts starts. */
const SLEEPERS = 7
/** ms: on a machine that is busy with other things. */
const STARTED_WITHIN = 90_000
const CANCELLED_WITHIN = 30_000

export async function start({ bed, folder, file, tag, setting }: Start): Promise<Going> {
  const args = [setting.command, file]
  const env = { ...setting.env, TAG: tag, TMPDIR: join(folder, 'tmp') }
  const child =
    setting.place === 'pipes'
      ? startVitest({ bed, folder, args, env })
      : inShell(setting.place, { bed, folder, args, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (output += String(text)))
  child.stdin?.on('error', () => {})
  const isReady = (): boolean => existsSync(join(folder, 'ready')) && tagged(tag).length >= SLEEPERS
  await until('the test to run', () => isReady() || child.exitCode !== null, STARTED_WITHIN)
  const main = mainOf(folder, output)
  const isHeard = (): boolean => output.includes('Cancelling test run') || !isAlive(main)
  return {
    main,
    folder,
    type: keys => void child.stdin?.write(keys),
    close: () => void child.kill('SIGKILL'),
    async heardCancel() {
      await until('the cancelling', isHeard, CANCELLED_WITHIN)
    },
    output: () => output,
  }
}

function mainOf(folder: string, output: string): ProcessIdentity {
  const pid = Number(readFileSync(join(folder, 'main.pid'), 'utf8'))
  const main = identityOf(pid)
  if (main === undefined) throw new Error(`The main process ended before its test began:\n${output}`)
  return main
}

interface Shell {
  readonly bed: string
  readonly folder: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

function inShell(place: 'terminal' | 'head', { bed, folder, args, env }: Shell): ChildProcess {
  const cli = join(bed, 'node_modules', 'vitest', 'vitest.mjs')
  const command = [process.execPath, cli, ...args, '--root', folder].map(quoted).join(' ')
  const [program, ...parameters]: readonly [string, ...string[]] =
    place === 'terminal'
      ? ['script', '--quiet', '--return', '--command', `exec ${command}`, '/dev/null']
      : ['sh', '-c', `${command} | head -n 1`]
  return spawn(program, parameters, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      SHELL: '/bin/sh',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
