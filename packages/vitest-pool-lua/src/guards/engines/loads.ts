/**
 * Hears of modules as they are loaded, before whoever asked for them gets them. Node tells of each `require` and
 * `import()`, and of CommonJS modules that ES modules import: https://nodejs.org/api/diagnostics_channel.html#modules
 *
 * What an ES module imports at its top is told by nobody. Test files and all that Vite inlines import by `import()`.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { orElse } from './kind.ts'

export interface LoadListener {
  /** @param id as `require` was given it: a name, a path, or one that is relative to the file that requires */
  required(this: void, id: string, exports: unknown): void
  /** It is about to be loaded, by `import()` or by `process.getBuiltinModule`. */
  importing(this: void, url: string): void
  /** Something has been loaded, with all that it imports itself. */
  loaded(this: void): void
}

const REQUIRED = 'tracing:module.require:end'
const IMPORTING = 'tracing:module.import:start'
const IMPORTED = 'tracing:module.import:asyncEnd'

/** @returns ends it */
export function watchLoads(listener: LoadListener): () => void {
  // What a listener throws would be an uncaught error of the test.
  const required = (message: unknown): void => {
    const { id, result } = message as { id?: unknown; result?: unknown }
    if (typeof id === 'string') orElse(() => listener.required(id, result), undefined)
    imported()
  }
  const importing = (message: unknown): void => {
    const { url } = message as { url?: unknown }
    if (typeof url === 'string') orElse(() => listener.importing(url), undefined)
  }
  const imported = (): void => orElse(() => listener.loaded(), undefined)
  subscribe(REQUIRED, required)
  subscribe(IMPORTING, importing)
  subscribe(IMPORTED, imported)
  const putBack = watchBuiltins(id => orElse(() => listener.importing(id), undefined))
  return () => {
    putBack()
    unsubscribe(REQUIRED, required)
    unsubscribe(IMPORTING, importing)
    unsubscribe(IMPORTED, imported)
  }
}

type GetBuiltin = (id: string) => object | undefined

function watchBuiltins(asked: (id: string) => void): () => void {
  const holder = process as unknown as { getBuiltinModule: GetBuiltin }
  const { getBuiltinModule: original } = holder
  const getBuiltinModule: GetBuiltin = id => {
    asked(id)
    return original(id)
  }
  holder.getBuiltinModule = getBuiltinModule
  return () => void (holder.getBuiltinModule === getBuiltinModule && (holder.getBuiltinModule = original))
}

/** Whether one of Node's own modules is loaded by now; each is asked for in the list only once. */
export function builtinLoads(id: string): () => boolean {
  const { moduleLoadList = [] } = process as { readonly moduleLoadList?: readonly string[] }
  const name = `NativeModule ${id.replace('node:', '')}`
  let from = 0
  let found = false
  return () => {
    found ||= moduleLoadList.includes(name, from)
    from = moduleLoadList.length
    return found
  }
}
