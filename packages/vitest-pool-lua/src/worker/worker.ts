/**
 * The worker process: Vitest's own worker, with our runner around its runner.
 *
 *     entry -> runWorker -> Vitest's init -> runTests -> instrument(runner) -> guards
 */
import { fileURLToPath } from 'node:url'
import { flushCompileCache } from 'node:module'
import { loadRuntime } from '../guards/lua-states.ts'
import { tellStuckCalls } from '../guards/running-lua.ts'
import { WORKER_NUMBER } from '../protocol/message.ts'
import type { Boot } from '../protocol/message.ts'
import { beat } from './beat.ts'
import { offerBlockedPlace } from './blocked-place.ts'
import { openChannel } from './channel.ts'
import { openJournal } from './journal.ts'
import { journalImports } from './journaled-imports.ts'
import { hearLastWords } from './last-words.ts'
import { openSession } from './session.ts'
import type { Session } from './session.ts'
import { loadUpstream } from './upstream.ts'
import type { Upstream, WorkerState } from './upstream.ts'

/** Stands in place of the user's runner; imports nothing, so it may be loaded twice: see in-runner.ts. */
const RUNNER_FILE = fileURLToPath(new URL('./in-runner.js', import.meta.url))

export async function runWorker(boot: Boot): Promise<void> {
  const journal = openJournal(boot.journal, () =>
    channel.post({ __vitest_pool_lua__: true, type: 'journal-lost' }),
  )
  journal.write({ type: 'began', pid: process.pid, rss: journal.memory() })
  hearLastWords(journal)
  offerBlockedPlace()
  tellStuckCalls(journal.descriptor)
  const channel = openChannel()
  beat(journal, boot.settings)
  // A runtime that cannot be loaded fails the file, which waits for it, and not this process.
  const openLua = loadRuntime(boot.settings.runtime)
  const upstream = await loadUpstream(boot.distPath)
  const session = openSession({
    boot,
    upstream,
    openLua,
    journal,
    post: channel.post,
    flushed: channel.flushed,
  })
  upstream.init({
    ...channel,
    onModuleRunner(moduleRunner) {
      journalImports(moduleRunner, journal, boot.settings.runRoot)
      session.setModuleRunner(moduleRunner)
    },
    setup: context => setup(upstream, context),
    runTests: (state, traces) => run('run', { upstream, session, state, traces }),
    collectTests: (state, traces) => run('collect', { upstream, session, state, traces }),
  })
}

/** `start` has come: Vitest has just set VITEST_POOL_ID. */
async function setup(upstream: Upstream, context: unknown): Promise<() => Promise<unknown>> {
  process.env[WORKER_NUMBER] = process.env.VITEST_POOL_ID ?? ''
  const teardown = await upstream.setupEnvironment(context)
  return async () => {
    flushCompileCache()
    await teardown()
  }
}

interface RunRequest {
  readonly upstream: Upstream
  readonly session: Session
  readonly state: WorkerState
  readonly traces: unknown
}

async function run(
  method: 'run' | 'collect',
  { upstream, session, state, traces }: RunRequest,
): Promise<void> {
  session.begin(state, state.config.runner)
  state.config.runner = RUNNER_FILE
  await upstream.runBaseTests(method, state, traces)
}
