/**
 * What Vitest has been told of a file by its workers, one after the other: each test and suite is begun once and
 * ends once, whoever tells of it.
 *
 *     const told = new Told()
 *     told.pass(message)     // the message, what of it is news, or nothing
 */
import type { TaskResult } from '../../protocol/task-result.ts'
import type { Event, Pack, RpcRequest } from '../vitest-rpc.ts'
import { suitesIn } from '../file/tasks.ts'
import type { FileTask } from '../file/tasks.ts'

export class Told {
  /** Once the file has been collected. */
  file: FileTask | undefined
  /** Once a worker has begun with it. */
  fileId: string | undefined
  /** The states of tests that have ended. */
  readonly tests = new Map<string, string>()
  readonly suites = new Set<string>()
  readonly begun = new Set<string>()
  /** What was said last of each test, each suite and the file. */
  readonly last = new Map<string, { readonly result: TaskResult | undefined; readonly meta: object }>()

  /** @returns undefined where nothing of it is news */
  pass(message: RpcRequest): RpcRequest | undefined {
    switch (message.m) {
      case 'onQueued':
        return this.#queued(message)
      case 'onCollected':
        return this.#collected(message)
      case 'onTaskUpdate':
        return this.#updated(message)
      default:
        return message
    }
  }

  /** Enters what the main process tells in a worker's stead. */
  enter(packs: readonly Pack[], events: readonly Event[]): void {
    const states = new Map(packs.map(([id, result]) => [id, result?.state]))
    for (const [id, result, meta] of packs) {
      this.last.set(id, { result, meta })
      if (result?.state === 'fail' && this.tests.has(id)) this.tests.set(id, 'fail')
    }
    for (const [id, event] of events) {
      if (event === 'test-prepare' || event === 'suite-prepare') this.begun.add(id)
      if (event === 'test-finished') this.tests.set(id, states.get(id) ?? 'skip')
      if (event === 'suite-finished' || event === 'suite-failed-early') this.suites.add(id)
    }
  }

  #queued(message: RpcRequest): RpcRequest | undefined {
    if (this.fileId !== undefined) return undefined
    this.fileId = (message.a[0] as FileTask).id
    return message
  }

  #collected(message: RpcRequest): RpcRequest | undefined {
    if (this.file !== undefined) return undefined
    const [file] = message.a[0] as FileTask[]
    this.file = file
    this.fileId = file?.id
    return message
  }

  #updated(message: RpcRequest): RpcRequest | undefined {
    const [packs, events] = message.a as [Pack[], Event[]]
    const newPacks = packs.filter(pack => !this.#hasEnded(pack[0]) || this.#isLateFailure(pack))
    const newEvents = events.filter(event => this.#isNews(event))
    this.enter(newPacks, newEvents)
    if (newPacks.length === 0 && newEvents.length === 0) return undefined
    return { ...message, a: [newPacks, newEvents] }
  }

  #isNews([id, event]: Event): boolean {
    if (this.#hasEnded(id)) return false
    return !(event === 'test-prepare' || event === 'suite-prepare') || !this.begun.has(id)
  }

  /** A test that had passed, and has failed since for what it left running. */
  #isLateFailure([id, result]: Pack): boolean {
    return this.tests.get(id) === 'pass' && result?.state === 'fail'
  }

  /** The file itself is told of to its very end. */
  #hasEnded(id: string): boolean {
    return id !== this.fileId && (this.tests.has(id) || this.suites.has(id))
  }

  /** Suites that have not ended, the innermost first. */
  openSuites(): FileTask['tasks'][number][] {
    return this.file === undefined ? [] : suitesIn(this.file).filter(({ id }) => !this.suites.has(id))
  }
}
