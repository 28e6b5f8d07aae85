/** What reads the frames of a runtime: see `read-frame.ts`. */
import type { Koffi } from '../koffi.ts'
import { JitFrames } from './jit-frames.ts'
import { PucFrames } from './puc-frames.ts'
import type { FrameReader } from './read-frame.ts'
import type { FrameFields } from './watched-runtime.ts'

export function frameReader(koffi: Koffi, fields: FrameFields): FrameReader {
  return fields.kind === 'puc' ? new PucFrames(koffi, fields) : new JitFrames(koffi, fields)
}
