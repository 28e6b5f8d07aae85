/** File handles: what `fs.promises.open` gives. */
import { call, read } from './kind.ts'
import type { EngineKind } from './kind.ts'

export const fileHandle: EngineKind = {
  name: handle => `file handle of ${paths.get(handle) ?? 'a file'}`,
  key: () => null,
  isOpen: handle => read(handle, 'fd') !== -1,
  dispose: handle => call(handle, 'close'),
}

const paths = new WeakMap<object, string>()

export function rememberPath(handle: object, path: string): void {
  paths.set(handle, path)
}
