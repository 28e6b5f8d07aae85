/**
 * What Node prints to a process's stderr about its inspector: nobody's business but ours, once we have asked for it.
 *
 *     const lines = new InspectorLines()
 *     child.stderr.pipe(lines).pipe(logger.errorStream)
 *     const address = await lines.address(signal)   // from now on these lines are taken out
 *
 * Until then everything passes: whoever runs a worker with --inspect wants to read them.
 */
import { Transform } from 'node:stream'
import type { TransformCallback } from 'node:stream'

/**
 * They may follow text that the program has not ended with a line.
 * https://github.com/nodejs/node/blob/v22.12.0/src/inspector_socket_server.cc
 * https://github.com/nodejs/node/blob/v22.12.0/src/inspector_agent.cc
 */
const LINES =
  /(?:Debugger (?:listening|ending) on ws:[^\n]*|For help, see: https:\/\/nodejs\.org[^\n]*|Debugger attached\.\r?|Waiting for the debugger to disconnect\.\.\.\r?)\n/g

const LISTENING = /Debugger listening on (ws:\S+)\r?\n/

export class InspectorLines extends Transform {
  #hiding = false
  /** The last line as far as it has come. One character a byte, so that no byte is lost. */
  #held = ''
  #told: ((address: string) => void) | undefined

  /** Settles when an inspector begins to listen. Ask before you make it. */
  address(signal: AbortSignal): Promise<string> {
    this.#hiding = true
    return new Promise((resolve, reject) => {
      this.#told = resolve
      signal.addEventListener('abort', () => reject(new Error('The inspector did not say where it listens')))
    })
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.#hiding) done(null, this.#filtered(chunk.toString('latin1')))
    else done(null, chunk)
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(this.#held, 'latin1'))
  }

  #filtered(arrived: string): Buffer {
    const text = this.#held + arrived
    const complete = text.lastIndexOf('\n') + 1
    const lines = text.slice(0, complete)
    this.#held = text.slice(complete)
    const [, address] = LISTENING.exec(lines) ?? []
    if (address !== undefined) this.#told?.(address)
    return Buffer.from(lines.replaceAll(LINES, ''), 'latin1')
  }
}
