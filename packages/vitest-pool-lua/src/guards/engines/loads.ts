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
  /** It is about to be loaded. */
  importing(this: void, url: string): void
}

const REQUIRED = 'tracing:module.require:end'
const IMPORTING = 'tracing:module.import:start'

/** @returns ends it */
export function watchLoads(listener: LoadListener): () => void {
  // What a listener throws would be an uncaught error of the test.
  const required = (message: unknown): void => {
    const { id, result } = message as { id?: unknown; result?: unknown }
    if (typeof id === 'string') orElse(() => listener.required(id, result), undefined)
  }
  const importing = (message: unknown): void => {
    const { url } = message as { url?: unknown }
    if (typeof url === 'string') orElse(() => listener.importing(url), undefined)
  }
  subscribe(REQUIRED, required)
  subscribe(IMPORTING, importing)
  return () => {
    unsubscribe(REQUIRED, required)
    unsubscribe(IMPORTING, importing)
  }
}
