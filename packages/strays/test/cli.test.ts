/** npx vitest-pool-lua sweep, of a run whose main process and reaper were both killed. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bedsOf } from '@vitest-pool-lua/beds'
import { isAlive } from '@vitest-pool-lua/sweep'
import { expect, onTestFinished, test } from 'vitest'
import { openProject } from '../src/project.ts'
import type { Project } from '../src/project.ts'
import { start } from '../src/ends/start.ts'
import type { Going } from '../src/ends/start.ts'
import { reasonMissing } from '../src/reason-missing.ts'
import { commandOf, kill, parentOf, pidsOfMachine, tagged } from '../src/tagged.ts'
import { until } from '../src/until.ts'

async function begin(): Promise<Going & Project> {
  const [bed] = await bedsOf(['5.1'])
  if (bed === undefined) throw new Error('There is no bed with Vitest 5.1.')
  const project = openProject(bed, 'ends')
  onTestFinished(project.close)
  const going = await start({ ...project, file: 'spins', setting: { place: 'pipes', command: 'run' } })
  onTestFinished(() => kill(going.main.pid))
  return { ...project, ...going }
}

async function killWithReaper({ main }: Going): Promise<void> {
  const reaper = pidsOfMachine().find(
    pid => parentOf(pid) === main.pid && /reaper.main\.js/.test(commandOf(pid)),
  )
  if (reaper === undefined) throw new Error('The run has no reaper.')
  process.kill(main.pid, 'SIGSTOP')
  kill(reaper)
  kill(main.pid)
  await until('the main process to end', () => !isAlive(main), 10_000)
}

interface Told {
  readonly code: number
  readonly output: string
}

async function command({ bed, folder }: Project, ...args: readonly string[]): Promise<Told> {
  const program = join(bed, 'node_modules', '.bin', 'vitest-pool-lua')
  const env = { ...process.env, TMPDIR: join(folder, 'tmp') }
  return await new Promise(resolve => {
    execFile(program, args, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    )
  })
}

test.skipIf(reasonMissing() !== undefined)(
  'what a run has left is listed, then ended; a run that goes on is not touched',
  async () => {
    const dead = await begin()
    const living = await begin()
    await killWithReaper(dead)
    // Another run of this machine may leave something at any time: only what is of these two can be told.
    const sleeper = tagged(dead.tag)[0]
    expect(tagged(dead.tag)).toHaveLength(7)

    const listed = await command(dead, 'sweep', '--dry-run')
    expect(listed.code, listed.output).toBe(1)
    expect(listed.output).toContain(`process ${sleeper?.pid} (${sleeper?.command})`)
    expect(listed.output).toMatch(/folder .*vitest-pool-lua-/)
    expect(listed.output).not.toContain(living.tag)
    expect(tagged(dead.tag)).toHaveLength(7)

    const swept = await command(dead, 'sweep')
    expect(swept.code, swept.output).toBe(0)
    expect(swept.output).toContain(`process ${sleeper?.pid} (${sleeper?.command})`)
    expect(swept.output).toMatch(/Ended: \d+ processes and \d+ folders?\./)
    expect(tagged(dead.tag)).toEqual([])
    expect(readdirSync(join(dead.folder, 'tmp')).filter(name => name.startsWith('vitest-pool-lua'))).toEqual(
      [],
    )

    expect(isAlive(living.main)).toBe(true)
    expect(tagged(living.tag)).toHaveLength(7)
    const again = await command(living, 'sweep')
    expect(again.code, again.output).toBe(0)
    expect(tagged(living.tag)).toHaveLength(7)
  },
)

test('what is not understood is refused', async () => {
  const [bed] = await bedsOf(['5.1'])
  if (bed === undefined) throw new Error('There is no bed with Vitest 5.1.')
  const project = openProject(bed, 'ends')
  onTestFinished(project.close)

  expect((await command(project, 'swep')).code).toBe(2)
  expect(await command(project, '--help')).toMatchObject({
    code: 0,
    output: expect.stringContaining('--dry-run') as string,
  })
})
