/**
 * The reaper: it waits for the end of the main process, however that comes, and then ends what that left.
 *
 * The end shows as the end of stdin, the one pipe between them: the kernel closes it for whoever is killed. Until then
 * this process does nothing and has loaded nothing, because every run pays for it: the code that sweeps is imported
 * when it is needed.
 */
import { type Charge, type Order, orderReader } from './order.ts'
import type { ProcessGroup } from '../process.ts'

// What ends the main process may be meant for all: a terminal that closes, a machine that goes down. Each of them
// ends the main process too, and that is what is waited for.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const roots = new Map<number, ProcessGroup>()
let charge: Charge | undefined

function take(order: Order): void {
  switch (order.type) {
    case 'begin':
      charge = order
      break
    case 'watch':
      roots.set(order.root.pid, order.root)
      if (order.root.startTime === 0) void learnStartTime(order.root)
      break
    case 'ended':
      noteEnd(order.pid)
      break
    case 'forget':
      roots.delete(order.pid)
      break
    case 'dismiss':
      process.exit()
  }
}

/** From now on only the start time tells it from whoever has its pid. */
function noteEnd(pid: number): void {
  const root = roots.get(pid)
  if (root === undefined) return
  if (root.startTime === 0) roots.delete(pid)
  else roots.set(pid, { ...root, endedAt: Date.now() })
}

/** Without one, whoever has the pid later would be taken for it. Where `ps` is missing it stays unknown. */
async function learnStartTime(root: ProcessGroup): Promise<void> {
  const { identityOf } = await import('../identity.ts')
  if (roots.get(root.pid) !== root) return
  try {
    const identity = identityOf(root.pid, charge?.tier)
    if (identity === undefined) roots.delete(root.pid)
    else roots.set(root.pid, identity)
  } catch {
    // The sweep has the same problem, and does what can be done.
  }
}

async function mainIsGone(): Promise<void> {
  if (charge === undefined) return
  const { reap } = await import('./reap.ts')
  await reap(charge, [...roots.values()])
}

const read = orderReader()
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text: string) => {
  for (const order of read(text)) take(order)
})
// Where the pipe breaks, its end follows.
process.stdin.on('error', () => {})
process.stdin.on('close', () => void mainIsGone())
