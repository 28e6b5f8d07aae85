/** Tells of a call that goes on although it was pressed: see `stuck-calls.ts`. */
import { shimName } from '../../c-api/shim/shim.ts'
import { chunkOf } from '../../../stack.ts'
import { writeStuckCall, type StuckFrame } from '../../../stuck-calls.ts'
import type { RuntimeName } from '../../../runtime-names.ts'
import type { WatchedCall } from './board.ts'
import type { FrameReader, ReadFrame } from './read-frame.ts'

export interface StuckCalls {
  readonly runtime: RuntimeName
  /** Where frames can be read. */
  readonly reader: FrameReader | undefined
}

export function tellStuckCall({ runtime, reader }: StuckCalls, call: WatchedCall, descriptor: number): void {
  writeStuckCall(descriptor, runtime, framesOf(reader, call))
}

function framesOf(reader: FrameReader | undefined, call: WatchedCall): StuckFrame[] {
  try {
    return (reader?.framesOf(call) ?? []).filter(({ source }) => source !== `=${shimName}`).map(asStuck)
  } catch {
    return []
  }
}

function asStuck({ source, line, isMainChunk }: ReadFrame): StuckFrame {
  return { chunk: chunkOf(source), line: Math.max(line, 0), name: isMainChunk ? 'main chunk' : null }
}
