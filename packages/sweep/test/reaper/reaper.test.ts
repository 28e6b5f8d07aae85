import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ProcessIdentity, type ReaperOptions, isAlive, startReaper } from '../../src/index.ts'
import { reap } from '../../src/reaper/reap.ts'
import { type Nursery, identify, openNursery, until } from '../nursery.ts'

const FIXTURE = fileURLToPath(new URL('../fixtures/main-with-reaper.mjs', import.meta.url))
const mains: ChildProcess[] = []
let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  for (const main of mains.splice(0)) main.kill('SIGKILL')
  await nursery.close()
})

interface Begun {
  readonly main: ChildProcess
  readonly reaper: ProcessIdentity
  readonly worker: ProcessIdentity
}

interface Plan extends Omit<ReaperOptions, 'cookie'> {
  readonly script?: string
  /** How many processes there will be, with the worker. */
  readonly sleepers?: number
  readonly next?: 'wait' | 'end' | 'dismiss'
}

/** What is to be swept carries the nursery's cookie; the main process and its reaper do not. */
async function begin({ script = '', sleepers = 1, next = 'wait', ...charge }: Plan = {}): Promise<Begun> {
  const plan = { script, next, charge: { cookie: nursery.cookie, ...charge } }
  const main = spawn(process.execPath, [FIXTURE], {
    env: { ...process.env, PLAN: JSON.stringify(plan), TAG: nursery.tag, SECRET: 'of the main process' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  mains.push(main)
  const [line] = (await main.stdout.take(1).toArray()) as Buffer[]
  const pids = JSON.parse(String(line)) as { reaper: number; worker: number }
  if (next === 'wait') await until(() => nursery.strays().length >= sleepers)
  return { main, reaper: identify(pids.reaper), worker: identify(pids.worker) }
}

async function kill({ main }: Begun): Promise<void> {
  main.kill('SIGKILL')
  await until(() => main.exitCode !== null || main.signalCode !== null)
}

describe('in the tier that asks ps, when the main process is killed', () => {
  const script = "sleep $TAG & env -i sh -c 'sleep $1 &' sh $TAG"

  test('its workers, what descends from them and who is in their groups end', async () => {
    const begun = await begin({ script: `${script}; setsid sleep $TAG &`, sleepers: 4, tier: 'tree' })

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(nursery.strays()).toEqual([])
  })

  test('without ps its workers and who is in their groups end all the same', async () => {
    const begun = await begin({ script, sleepers: 3, tier: 'tree', env: { PATH: nursery.folder } })

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(nursery.strays()).toEqual([])
  })
})

describe('when the main process is killed', () => {
  test('its workers and all that they started end, and then the reaper', async () => {
    const script = `sleep $TAG & setsid sleep $TAG & sh -c 'sleep $TAG &'; sh -c 'trap "" TERM; exec sleep $TAG' &`
    const begun = await begin({ script, sleepers: 5 })

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(nursery.strays()).toEqual([])
  })

  test('what cleared its environment ends with the worker that it descends from', async () => {
    const begun = await begin({ script: 'env -i setsid sleep $TAG &', sleepers: 2 })

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(nursery.strays()).toEqual([])
  })

  test.each(['alive', 'dead'])(
    'what cleared its environment ends with the group of a worker that is %s',
    async state => {
      const begun = await begin({ script: `env -i sh -c 'sleep $1 &' sh $TAG`, sleepers: 2 })
      if (state === 'dead') {
        process.kill(begun.worker.pid, 'SIGKILL')
        await until(() => !existsSync(`/proc/${begun.worker.pid}`))
      }

      await kill(begun)

      await until(() => !isAlive(begun.reaper))
      expect(nursery.strays()).toEqual([])
    },
  )

  test('a stopped worker ends too', async () => {
    const begun = await begin()
    process.kill(begun.worker.pid, 'SIGSTOP')

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(nursery.strays()).toEqual([])
  })

  test('what has the exempting variable is left alone', async () => {
    const script = 'KEEP=1 sleep $TAG &'
    const begun = await begin({ script, sleepers: 2, exempting: { name: 'KEEP', value: '1' } })

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(nursery.strays()).toHaveLength(1)
  })

  test('the folder that nobody needs any more is removed', async () => {
    const folder = join(nursery.folder, 'journals')
    mkdirSync(folder)
    writeFileSync(join(folder, 'one'), '')
    const begun = await begin({ folder })

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(existsSync(folder)).toBe(false)
  })

  test('other runs are not touched', async () => {
    const other = openNursery()
    const stranger = await other.grow('sleep $TAG &', 1)
    const begun = await begin()

    await kill(begun)

    await until(() => !isAlive(begun.reaper))
    expect(isAlive(stranger)).toBe(true)
    expect(other.strays()).toHaveLength(1)
    await other.close()
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'a %s that was sent to all does not stop the reaper',
    async signal => {
      const begun = await begin()
      await until(() => isReady(begun.reaper))
      process.kill(begun.reaper.pid, signal)

      await kill(begun)

      await until(() => !isAlive(begun.reaper))
      expect(nursery.strays()).toEqual([])
    },
  )
})

test('a pid that another process has by now is not signalled', async () => {
  const stranger = await nursery.grow('sleep $TAG &', 1)
  const formerOwner = { pid: stranger.pid, startTime: stranger.startTime - 400 }

  await reap({ cookie: { name: 'NOBODY', value: 'has this' } }, [formerOwner])

  expect(isAlive(stranger)).toBe(true)
  expect(nursery.strays()).toHaveLength(1)
})

test('a main process that ends without a word leaves nothing, and is not held by its reaper', async () => {
  const { main, reaper } = await begin({ next: 'end' })

  await until(() => main.exitCode === 0)
  await until(() => !isAlive(reaper))
  expect(nursery.strays()).toEqual([])
})

test('a reaper that was dismissed ends, and ends nothing', async () => {
  const { main, reaper, worker } = await begin({ next: 'dismiss' })

  await until(() => main.exitCode === 0)
  await until(() => !isAlive(reaper))
  expect(isAlive(worker)).toBe(true)
})

test('it has a session of its own, and nothing of the main process: no output, no environment, no folder', async () => {
  const { reaper, main } = await begin({ env: { KEEP: '1' } })
  await until(() => isReady(reaper))

  expect(fieldOf(reaper.pid, 6)).toBe(String(reaper.pid))
  const environment = readFileSync(`/proc/${reaper.pid}/environ`, 'utf8')
  expect(environment).toContain('KEEP=1')
  expect(environment).not.toContain('SECRET')
  expect(environment).not.toContain(nursery.cookie.value)
  expect(readlinkSync(`/proc/${reaper.pid}/cwd`)).toBe('/')
  expect(filesOf(reaper.pid)).not.toContain(readlinkSync(`/proc/${main.pid}/fd/1`))
})

test('its own end is told, unless it was dismissed', async () => {
  const told: string[] = []
  const options = { cookie: nursery.cookie, onLost: ({ message }: Error) => void told.push(message) }
  const dismissed = startReaper(options)
  const killed = startReaper(options)
  const known = identify(dismissed.pid)
  dismissed.dismiss()
  process.kill(killed.pid ?? 0, 'SIGKILL')

  await until(() => !isAlive(known) && told.length > 0)
  expect(told).toEqual(['The reaper has ended with SIGKILL.'])
})

/** Whether it has loaded: it catches SIGHUP, the first bit of SigCgt. Node itself catches SIGINT and SIGTERM. */
function isReady({ pid }: ProcessIdentity): boolean {
  const [, caught = '0'] = /^SigCgt:\s+(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number.parseInt(caught.slice(-1), 16) % 2 === 1
}

/** A field of `/proc/PID/stat`, counted from 1. */
function fieldOf(pid: number, number: number): string | undefined {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[number - 3]
}

function filesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).map(name => readlinkSync(join(folder, name)))
}
