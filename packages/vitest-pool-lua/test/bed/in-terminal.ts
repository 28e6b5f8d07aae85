/**
 * The CLI in a terminal of its own (a pseudo terminal, made by `script` of util-linux), so that keys are what they
 * are for users: Ctrl+C reaches the whole process group.
 *
 *     const terminal = startInTerminal(VITEST_5, folder, ['--watch'])
 *     terminal.press(CTRL_C)
 *     await terminal.exit   // 130
 */
import { spawn, spawnSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { commandLine } from '@vitest-pool-lua/beds'
import type { Bed } from './vitests.ts'
import { inject, onTestFinished } from 'vitest'

export const CTRL_C = '\x03'

export interface Terminal {
  press(key: string): void
  /** So far, without colours and carriage returns. */
  shown(): string
  /** The exit code as a shell tells it: 128 and the number of the signal, where one ended it. */
  readonly exit: Promise<number | null>
}

export const hasTerminals = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

export function startInTerminal(
  bed: Bed,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const line = commandLine({ bed: inject('beds')[bed.name] ?? '', folder, args, env })
  const command = [line.program, ...line.args].map(quote).join(' ')
  const child = spawn('script', ['--quiet', '--return', '--command', `exec ${command}`, '/dev/null'], {
    cwd: line.cwd,
    env: line.env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let all = ''
  child.stdout.on('data', chunk => (all += String(chunk)))
  // With `script` its terminal goes, and that ends what runs in it by SIGHUP.
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    press: key => void child.stdin.write(key),
    shown: () => stripVTControlCharacters(all).replaceAll('\r', ''),
    exit: new Promise(resolve => child.once('close', resolve)),
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
