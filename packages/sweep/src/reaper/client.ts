/**
 * The main process's side of the reaper, a small process that ends what this one leaves when it is gone.
 *
 *     const reaper = startReaper({ cookie: { name: 'MY_RUN', value: run } })
 *     reaper.watch(worker.pid)       // whatever it holds: it and what descends from it
 *     // ... killed here, this process leaves nothing behind ...
 *     reaper.dismiss()               // all is done
 *
 * It has a session of its own, so that no terminal's signal reaches it, and an environment of its own, so that nobody's
 * sweep takes it for a stray. It holds neither this process nor its output.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import { parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bestTier } from '../find/platform.ts'
import { identityOf } from '../identity.ts'
import type { ProcessIdentity, Tier } from '../process.ts'
import { type Charge, type Order, toLine } from './order.ts'

export interface ReaperOptions extends Charge {
  /** What its environment has beside what programs need to run: nothing that is swept for. */
  readonly env?: Readonly<Record<string, string>>
  /** Hears once that it could not be started, or has ended although it was not dismissed. */
  readonly onLost?: (error: Error) => void
}

export interface Reaper {
  readonly pid: number | undefined
  /** It, what descends from it and who is in the process group that it leads is ended too. */
  watch(pid: number): void
  /** It is gone; what it started may not be. From now on its pid may become another's. */
  ended(pid: number): void
  /** It is gone, and so is what it started. */
  forget(pid: number): void
  /** Nothing is left to be ended: the reaper ends. */
  dismiss(): void
}

const isSource = import.meta.url.endsWith('.ts')
const MAIN = fileURLToPath(new URL(`./main${isSource ? '.ts' : '.js'}`, import.meta.url))
/** `ps` is looked for in PATH; the rest is what programs on Windows need. */
const NEEDED = ['PATH', 'Path', 'SystemRoot', 'SystemDrive', 'PATHEXT', 'ComSpec', 'TEMP']

export function startReaper({ env = {}, onLost, ...charge }: ReaperOptions): Reaper {
  const child = spawn(process.execPath, [MAIN], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...neededEnvironment(), ...env },
    // So that it keeps no folder from being removed or unmounted.
    cwd: parse(process.execPath).root,
    windowsHide: true,
  })
  let dismissed = false
  const tell = (order: Order): void => void (child.stdin?.writable && child.stdin.write(toLine(order)))
  holdNothing(child)
  child.once('error', error => onLost?.(error))
  child.once('exit', (code, signal) => {
    if (!dismissed) onLost?.(new Error(`The reaper has ended with ${signal ?? code}.`))
  })
  tell({ type: 'begin', ...charge })
  return {
    pid: child.pid,
    watch: pid => tell({ type: 'watch', root: identify(pid, charge.tier) }),
    ended: pid => tell({ type: 'ended', pid }),
    forget: pid => tell({ type: 'forget', pid }),
    dismiss() {
      dismissed = true
      tell({ type: 'dismiss' })
      child.stdin?.end()
    },
  }
}

/** Where a start time can't be had without waiting, the reaper finds it out. */
function identify(pid: number, tier: Tier = bestTier()): ProcessIdentity {
  return { pid, startTime: (tier === 'proc' ? identityOf(pid, tier)?.startTime : undefined) ?? 0 }
}

/** A process that has nothing else to do ends, whatever the reaper does. */
function holdNothing(child: ChildProcess): void {
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  // That it is gone is told by its exit.
  child.stdin?.on('error', () => {})
}

function neededEnvironment(): Record<string, string> {
  const found = NEEDED.map(name => [name, process.env[name]] as const)
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
