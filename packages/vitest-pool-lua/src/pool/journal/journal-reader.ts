/**
 * Reads a worker's journal as it grows.
 *
 *     const journal = readJournal(path)
 *     journal.read()     // what was written since; after the worker's death: all there is
 *     journal.state
 *     journal.close()
 */
import { closeSync, existsSync, openSync, readSync, rmSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { JournalLine } from '../../protocol/journal.ts'
import { emptyState, fold } from './journal-state.ts'
import type { JournalState } from './journal-state.ts'

export interface JournalReader {
  readonly state: JournalState
  read(this: void): JournalState
  /** Removes the file too. */
  close(): void
}

const BLOCK = 64 * 1024

export function readJournal(path: string): JournalReader {
  const state = emptyState()
  const decoder = new StringDecoder()
  const bytes = Buffer.alloc(BLOCK)
  let descriptor: number | undefined
  /** Of a line that has not ended: in parts, because joining them block by block would take for ever on a long one. */
  let parts: string[] = []

  const takeIn = (text: string): void => {
    const [end = '', ...lines] = text.split('\n')
    parts.push(end)
    for (const line of lines) {
      takeLine(state, parts.join(''))
      parts = [line]
    }
  }

  return {
    state,
    read() {
      if (descriptor === undefined && !existsSync(path)) return state
      descriptor ??= openSync(path, 'r')
      for (let size = BLOCK; size === BLOCK;) {
        size = readSync(descriptor, bytes, 0, BLOCK, null)
        takeIn(decoder.write(bytes.subarray(0, size)))
      }
      return state
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
      rmSync(path, { force: true })
    },
  }
}

/** A line that a death has cut off, or that a full disk has, is no line. */
function takeLine(state: JournalState, line: string): void {
  const entry = parse(line)
  if (entry !== undefined) fold(state, entry)
}

function parse(line: string): JournalLine | undefined {
  try {
    return JSON.parse(line) as JournalLine
  } catch {
    return undefined
  }
}
