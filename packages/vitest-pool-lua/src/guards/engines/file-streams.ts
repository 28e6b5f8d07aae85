/** Streams of files: `fs.createReadStream` and `fs.createWriteStream`. */
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { call, read } from './kind.ts'
import type { EngineKind } from './kind.ts'
import { pathText } from './path-text.ts'

export const fileStream: EngineKind & EmitterKind = {
  fits: prototype => has(prototype, 'autoClose', 'pending', 'close', 'destroy'),
  name: stream => `file stream of ${pathText(read(stream, 'path') ?? 'a file')}`,
  key: () => null,
  found: 'handle',
  isOpen: stream => typeof read(stream, 'fd') === 'number' && read(stream, 'destroyed') !== true,
  dispose: stream =>
    new Promise<void>(resolve => {
      call(stream, 'once', 'close', () => resolve())
      call(stream, 'destroy')
    }),
}
