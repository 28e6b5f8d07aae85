/**
 * Real strays to sweep, and the certainty that none outlives its test: whatever a nursery starts has
 * the nursery's own tag in its command line, and is ended by that, not by the code under test.
 *
 *     const nursery = openNursery()
 *     const root = await nursery.grow('sleep $TAG & setsid sleep $TAG &', 2)
 *     // ...
 *     await nursery.close()
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cookie, ProcessIdentity } from '../src/index.ts'
import { identityOf } from '../src/index.ts'

const patienceMs = 10_000

export interface Nursery {
  readonly cookie: Cookie
  /** A number that `sleep` understands, and that no other process has in its command line. */
  readonly tag: string
  /** The working directory of all that it starts. */
  readonly folder: string
  /**
   * Runs a shell script in a process, the root, that lives on after it; returns the root when as many
   * sleepers as are expected have come up: a process counts once it is `sleep $TAG`, not while it is
   * still the shell that is about to be.
   */
  grow(script: string, sleepers: number): Promise<ProcessIdentity>
  /** The strays that live now: processes with the tag, but for the roots. */
  strays(): number[]
  close(): Promise<void>
}

let opened = 0

export function openNursery(): Nursery {
  opened += 1
  const tag = `4000.${process.pid}0${opened}0${Date.now()}`
  const cookie = { name: 'SWEEP_TEST', value: `cookie-${tag}` }
  const folder = mkdtempSync(join(tmpdir(), 'sweep test '))
  const roots: ChildProcess[] = []
  const strays = (): number[] => {
    const rootPids = new Set(roots.map(root => root.pid))
    return tagged(tag).filter(pid => !rootPids.has(pid))
  }
  const grow = async (script: string, sleepers: number): Promise<ProcessIdentity> => {
    const env = { ...process.env, [cookie.name]: cookie.value, TAG: tag }
    const root = spawn('sh', ['-c', `${script}\nexec sleep $TAG`], {
      env,
      cwd: folder,
      stdio: 'ignore',
      detached: true,
    })
    roots.push(root)
    await until(
      () => isSleeper(root.pid, tag) && strays().filter(pid => isSleeper(pid, tag)).length >= sleepers,
    )
    return identify(root.pid)
  }
  const close = async (): Promise<void> => {
    await until(() => {
      for (const pid of tagged(tag)) kill(pid)
      return tagged(tag).length === 0
    })
    rmSync(folder, { recursive: true })
  }
  return { cookie, tag, folder, grow, strays, close }
}

export async function until(isTrue: () => boolean, end = performance.now() + patienceMs): Promise<void> {
  if (isTrue()) return
  if (performance.now() > end) throw new Error(`Waited ${patienceMs} ms in vain: ${String(isTrue)}`)
  await sleep(5)
  await until(isTrue, end)
}

export function identify(pid: number | undefined): ProcessIdentity {
  const identity = identityOf(pid ?? 0)
  if (!identity) throw new Error(`There is no process ${pid}`)
  return identity
}

/** A zombie's command line is empty, so zombies do not count. */
function tagged(tag: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter(pid => commandLine(pid).includes(tag))
}

function isSleeper(pid: number | undefined, tag: string): boolean {
  const [, ...parameters] = commandLine(pid ?? 0).split('\0')
  return parameters.join() === `${tag},`
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
