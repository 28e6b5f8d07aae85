/**
 * Starts the real CLI of a bed's Vitest as a process of its own.
 *
 *     const child = startVitest({ bed: folderOfTheBed, folder: folderOfTheProject, args: ['run'] })
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export interface VitestCommand {
  /** The folder of the bed. */
  readonly bed: string
  /** The project's root, somewhere below the bed. */
  readonly folder: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** How many files each of its processes may have open (`ulimit -n`, POSIX only). */
  readonly descriptors?: number
}

export function startVitest(command: VitestCommand): ChildProcess {
  const { program, args, cwd, env } = commandLine(command)
  return spawn(program, [...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // On POSIX a process group of its own, which can be ended as a whole.
    detached: process.platform !== 'win32',
  })
}

export interface CommandLine {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** For those who start it in another way, in a terminal for example. */
export function commandLine({ bed, folder, args, env, descriptors }: VitestCommand): CommandLine {
  const cli = join(bed, 'node_modules', 'vitest', 'vitest.mjs')
  const command = [process.execPath, cli, ...args, '--root', folder]
  const [program = '', ...rest] = descriptors === undefined ? command : limited(descriptors, command)
  return {
    program,
    args: rest,
    cwd: folder,
    env: { ...outerEnvironment(), CI: '', NO_COLOR: '1', ...env },
  }
}

function limited(descriptors: number, command: readonly string[]): string[] {
  return ['sh', '-c', `ulimit -n ${descriptors} && exec "$0" "$@"`, ...command]
}

/** Its workers with it: one that hangs in native code would not even notice that its main process is gone. */
export function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
}

/**
 * What a Vitest that runs this code, and pnpm that runs that Vitest, have put into the environment is none of the
 * inner one's business: by NODE_PATH it would find packages of this workspace.
 */
function outerEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|TEST$|NODE_ENV$|NODE_PATH$|FORCE_|DEV$|PROD$|SSR$|MODE$|BASE_URL$)/.test(name),
  )
  return Object.fromEntries(inherited)
}
