/**
 * A process that does not go on, seen through its inspector from outside:
 *
 *     const inspected = await inspect(child)
 *     const where = await inspected.evaluate('JSON.stringify(runningLua())')
 *     const there = await inspected.evaluatePaused('JSON.stringify(runningLua())')
 *     await inspected.resume()
 */
import type { ChildProcess } from 'node:child_process'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

interface Answer {
  readonly result: { readonly result: { readonly value: unknown } }
}

interface Paused {
  readonly callFrames: readonly [{ readonly callFrameId: string }]
}

/** An answer, or news. */
type Message = Answer & { readonly id?: number; readonly method?: string; readonly params: Paused }

export class Inspected {
  readonly #socket: WebSocket
  readonly #answers = new Map<number, (answer: Answer) => void>()
  #tellPaused: (params: Paused) => void = () => {}
  #lastId = 0

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data)) as Message))
  }

  /** In the middle of whatever runs. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.#post('Runtime.evaluate', { expression })
    return answer.result.result.value
  }

  /** The same, and then it stands still. */
  async evaluatePaused(expression: string): Promise<unknown> {
    const paused = new Promise<Paused>(resolve => (this.#tellPaused = resolve))
    await this.#post('Debugger.enable')
    await this.#post('Debugger.pause')
    const { callFrameId } = (await paused).callFrames[0]
    const answer = await this.#post('Debugger.evaluateOnCallFrame', { callFrameId, expression })
    return answer.result.result.value
  }

  async resume(): Promise<void> {
    await this.#post('Debugger.resume')
  }

  #post(method: string, params: object = {}): Promise<Answer> {
    const id = ++this.#lastId
    this.#socket.send(JSON.stringify({ id, method, params }))
    return new Promise(resolve => this.#answers.set(id, resolve))
  }

  #take(message: Message): void {
    if (message.method === 'Debugger.paused') this.#tellPaused(message.params)
    if (message.id !== undefined) this.#answers.get(message.id)?.(message)
  }
}

/** Opens the inspector of a process that may be in an endless loop. */
export async function inspect(child: ChildProcess): Promise<Inspected> {
  const told = lineOf(child.stderr as Readable, /^Debugger listening on (ws:\S+)/)
  process.kill(child.pid as number, 'SIGUSR1')
  const [, address = ''] = await told
  const socket = new WebSocket(address)
  await new Promise(resolve => socket.addEventListener('open', resolve, { once: true }))
  return new Inspected(socket)
}

/** The first line that matches. */
export async function lineOf(stream: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  for await (const line of createInterface({ input: stream })) {
    const found = pattern.exec(line)
    if (found !== null) return found
  }
  throw new Error(`There was no line like ${pattern}`)
}
