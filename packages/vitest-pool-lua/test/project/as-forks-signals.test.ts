import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CTRL_C, hasTerminals, startInTerminal } from '../bed/in-terminal.ts'
import { copyFixture, startVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'
import type { Bed } from '../bed/vitests.ts'

const FIXTURE = 'as-forks-signals'
const WAIT = { timeout: 30_000, interval: 20 }

/** The test of the fixture has come to where it awaits or loops: the pid of its worker. */
async function begun(folder: string): Promise<number> {
  const path = join(folder, 'begun.txt')
  await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8'), WAIT).toMatch(/^\d+$/)
  const pid = Number(readFileSync(path, 'utf8'))
  // 4.1's forks leave a blocked worker alive.
  onTestFinished(() => void (lives(pid) && process.kill(pid, 'SIGKILL')))
  return pid
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Lines that tell of tests: what a terminal redraws while it waits is left out. */
function told(shown: string): string[] {
  return shown
    .replaceAll(/ \d+m?s\b/g, '')
    .split('\n')
    .filter(line => /^ [✓×↓]|^\s+(Test Files|Tests) {2}|afterAll|Cancelling|Lua {2}.*lost/.test(line))
}

interface Case {
  readonly command: 'run' | 'watch'
  readonly file: 'awaits' | 'loops'
  /** What shows that the keys may be pressed: each once the one before it has shown its text. */
  readonly presses: readonly { readonly after: string }[]
}

const CASES: readonly Case[] = [
  { command: 'run', file: 'awaits', presses: [{ after: '✓ test/awaits.test.ts > passes' }] },
  { command: 'run', file: 'loops', presses: [{ after: 'RUN' }] },
  { command: 'watch', file: 'awaits', presses: [{ after: '✓ test/awaits.test.ts > passes' }] },
  { command: 'watch', file: 'loops', presses: [{ after: 'DEV' }, { after: 'Press CTRL+c again' }] },
]

async function interrupted(bed: Bed, asForks: '0' | '1', { command, file, presses }: Case) {
  const folder = copyFixture(bed, FIXTURE)
  const terminal = startInTerminal(bed, folder, [command, file], { AS_FORKS: asForks })
  const worker = await begun(folder)
  for (const { after } of presses) {
    await expect.poll(() => terminal.shown(), WAIT).toContain(after)
    terminal.press(CTRL_C)
  }
  const code = await terminal.exit
  await expect.poll(() => lives(worker), WAIT).toBe(false)
  return { code, told: told(terminal.shown()) }
}

/** Without a terminal, whose end would reach the worker too. */
async function terminated(bed: Bed, asForks: '0' | '1', file: string) {
  const folder = copyFixture(bed, FIXTURE)
  const main = startVitest(bed, folder, ['run', file], { AS_FORKS: asForks })
  const exit = new Promise(resolve => main.once('exit', (code, signal) => resolve({ code, signal })))
  const worker = await begun(folder)
  main.kill('SIGTERM')
  return { exit: await exit, worker }
}

describe.each(SUPPORTED)('on $name, as with forks:', bed => {
  describe.runIf(hasTerminals)('Ctrl+C', () => {
    test.each(CASES)('$command, while a test $file: $presses.length times', async given => {
      const [forks, lua] = await Promise.all([interrupted(bed, '1', given), interrupted(bed, '0', given)])
      expect(lua).toEqual(forks)
    })
  })

  test.runIf(process.platform === 'linux').each(['awaits', 'loops'])(
    'SIGTERM to the main process while a test %s',
    async file => {
      const [forks, lua] = await Promise.all([terminated(bed, '1', file), terminated(bed, '0', file)])
      expect(lua.exit).toEqual(forks.exit)
      await expect.poll(() => lives(lua.worker), { timeout: 5_000 }).toBe(false)
    },
  )
})
