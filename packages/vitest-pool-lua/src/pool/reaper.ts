/**
 * The reaper of a run: it starts with the first worker, hears of each, and ends what they leave if this process comes
 * to its end before it has swept by itself.
 */
import { startReaper } from '@vitest-pool-lua/sweep'
import type { Brand, Reaper, Tier } from '@vitest-pool-lua/sweep'
import { EXEMPTING, KEEP_COOKIE, RUN_COOKIE } from '../protocol/message.ts'

export interface RunReaper {
  /** Before a worker is forked, so that there is no moment in which nobody would end it. */
  ready(this: void): void
  watch(this: void, pid: number): void
  /** What it left is being swept. */
  ended(this: void, pid: number): void
  forget(this: void, pid: number): void
  /** All is swept. The next worker starts another one. */
  dismiss(this: void): void
}

export interface RunReaperOptions {
  readonly run: string
  /** Of its workers, where this machine can. */
  readonly brand: Brand | undefined
  /** Asked when it starts. */
  tier(this: void): Tier
  /** Removed when the run is over. */
  folder(this: void): string
  /** Hears what keeps it from watching over the run. */
  warn(this: void, text: string): void
}

export function runReaper({ run, brand, tier, folder, warn }: RunReaperOptions): RunReaper {
  const pids = new Set<number>()
  let reaper: Reaper | undefined
  let warned = false

  const lost = (error: Error): void => {
    reaper = undefined
    if (!warned) warn(lostText(error))
    warned = true
  }
  const start = (): Reaper => {
    const started = startReaper({
      cookie: { name: RUN_COOKIE, value: run },
      ...(brand && { brand }),
      ...(tier() === 'tree' && { tier: 'tree' }),
      exempting: EXEMPTING,
      folder: folder(),
      // A run inside of another run's test: that one's sweep leaves it alone.
      env: { [KEEP_COOKIE]: EXEMPTING.value },
      onLost: error => reaper === started && lost(error),
    })
    for (const pid of pids) started.watch(pid)
    return started
  }
  return {
    ready: () => void (reaper ??= start()),
    watch(pid) {
      pids.add(pid)
      reaper?.watch(pid)
    },
    ended: pid => reaper?.ended(pid),
    forget(pid) {
      pids.delete(pid)
      reaper?.forget(pid)
    },
    dismiss() {
      reaper?.dismiss()
      reaper = undefined
    },
  }
}

function lostText({ message }: Error): string {
  return `vitest-pool-lua: what tests leave running would outlive this process if it were killed now, because its reaper is gone: ${message} The next test file starts another one.`
}
