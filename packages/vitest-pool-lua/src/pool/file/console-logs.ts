/** What a worker printed through Vitest's console, as Vitest is told of it. */
import type { JournalState } from '../journal/journal-state.ts'
import type { RpcRequest } from '../vitest-rpc.ts'

interface ConsoleLog {
  readonly type: 'stdout' | 'stderr'
  readonly content: string
  readonly taskId: string | undefined
  readonly time: number
  readonly size: number
}

export function notePrinted({ printed }: JournalState, { a }: RpcRequest): void {
  const { type, content } = a[0] as ConsoleLog
  printed[type].told(content.length)
}

/** The last words of a worker that died in the same turn of its event loop. */
export function unsentLogs({ printed, running }: JournalState, fileId: string | undefined): ConsoleLog[] {
  const taskId = [...running.keys()].at(-1) ?? fileId
  return (['stdout', 'stderr'] as const).flatMap(type => {
    const content = printed[type].untold()
    return content === '' ? [] : [{ type, content, taskId, time: Date.now(), size: content.length }]
  })
}
