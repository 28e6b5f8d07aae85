import { bedsOf } from '@vitest-pool-lua/beds'
import { isAlive } from '@vitest-pool-lua/sweep'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CLEAN_WITHIN } from '../src/ends/measure.ts'
import { openProject } from '../src/project.ts'
import type { Project } from '../src/project.ts'
import { start } from '../src/ends/start.ts'
import type { Going, Setting } from '../src/ends/start.ts'
import { reasonMissing } from '../src/reason-missing.ts'
import { kill, tagged } from '../src/tagged.ts'
import { until } from '../src/until.ts'

const IN_PIPES: Setting = { place: 'pipes', command: 'run' }
const WATCHING: Setting = { place: 'terminal', command: 'watch' }

async function begin(vitest: string, file: string, setting: Setting): Promise<Going & Project> {
  const [bed] = await bedsOf([vitest])
  if (bed === undefined) throw new Error(`There is no bed with Vitest ${vitest}.`)
  const project = openProject(bed, 'ends')
  onTestFinished(project.close)
  const going = await start({ ...project, file, setting })
  onTestFinished(() => kill(going.main.pid))
  return { ...project, ...going }
}

const reason = reasonMissing()

test.skipIf(reason !== undefined)(
  'of two runs at once, one that is killed takes nothing of the other with it',
  async () => {
    const one = await begin('5.1', 'awaits', IN_PIPES)
    const other = await begin('4.1', 'awaits', IN_PIPES)

    kill(one.main.pid)
    await until('the one to be swept', () => tagged(one.tag).length === 0, CLEAN_WITHIN)

    expect(isAlive(other.main)).toBe(true)
    expect(tagged(other.tag)).toHaveLength(7)
    kill(other.main.pid)
    await until('the other to be swept', () => tagged(other.tag).length === 0, CLEAN_WITHIN)
  },
)

test.skipIf(reason !== undefined).each(['5.1', '4.1'])(
  'watching with Vitest %s, the first Ctrl+C cancels: the test that runs is told, and comes to its end',
  async vitest => {
    const { type, main, output, folder, tag } = await begin(vitest, 'cancellable', WATCHING)

    type('\u0003')
    await until('the end', () => !isAlive(main), 60_000)

    expect(output()).toContain('Cancelling test run. Press CTRL+c again to exit forcefully.')
    expect(output()).not.toContain('DEATH')
    expect(existsSync(join(folder, 'aborted')), output()).toBe(true)
    await until('the rest to be swept', () => tagged(tag).length === 0, CLEAN_WITHIN)
  },
)
