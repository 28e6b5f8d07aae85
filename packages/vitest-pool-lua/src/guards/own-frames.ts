/**
 * Lets what this package calls for somebody fail with the stack that it would have without this package.
 *
 *     withoutOwnFrames(() => original(...args)) // an error's stack: Node's frames, then the caller's
 *
 * Errors have ten frames by default: ours would push out the caller's, and with them the line that a failure shows.
 */
import { readFrame } from '../read-frame.ts'
import { isOwnModule } from './own-modules.ts'

/** More than stand between a caller and the function that it calls. */
const ROOM = 20

/** @param call may throw an error, or give it as `error` of its result, as `spawnSync` does */
export function withoutOwnFrames(call: () => unknown): unknown {
  const giveBack = makeRoom()
  try {
    const result = call()
    takeOut((result as { readonly error?: unknown } | null | undefined)?.error)
    return result
  } catch (error) {
    takeOut(error)
    throw error
  } finally {
    giveBack()
  }
}

/** Whoever wants no stacks, or has frozen the limit, keeps that. */
function makeRoom(): () => void {
  const { stackTraceLimit: limit } = Error
  if (!(limit > 0)) return () => {}
  Reflect.set(Error, 'stackTraceLimit', limit + ROOM)
  return () => void Reflect.set(Error, 'stackTraceLimit', limit)
}

function takeOut(error: unknown): void {
  const stack = stackOf(error)
  if (stack === undefined) return
  const lines = stack.split('\n')
  const kept = lines.filter(line => !isOwn(line))
  if (kept.length < lines.length) Reflect.set(error as Error, 'stack', kept.join('\n'))
}

/** A program's own `Error.prepareStackTrace` may throw, or make something else of it than text. */
function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  try {
    return typeof error.stack === 'string' ? error.stack : undefined
  } catch {
    return undefined
  }
}

function isOwn(line: string): boolean {
  const file = readFrame(line)?.file
  return file !== undefined && isOwnModule(file)
}
