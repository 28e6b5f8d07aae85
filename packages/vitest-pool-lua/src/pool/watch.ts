/**
 * Watch mode: a change of a Lua file reruns the test files that loaded it.
 *
 * Lua files are not modules of Vite's graph, so Vitest asks here, by its
 * `watchTriggerPatterns`, which test files a changed file concerns.
 * https://vitest.dev/config/watchtriggerpatterns
 */
import { resolve } from 'node:path'
import type { FileRecord } from '../protocol/file-report.ts'
import type { Vitest } from './upstream.ts'

export interface LuaWatch {
  /** The Lua files that a test file loaded in its last run. */
  loaded(testFile: string, record: FileRecord): void
}

export function watchLua(vitest: Vitest, root: string): LuaWatch {
  const loadedBy = new Map<string, readonly string[]>()
  const testsToRun = (changed: string): string[] =>
    [...loadedBy].filter(([, files]) => files.includes(resolve(changed))).map(([testFile]) => testFile)

  vitest.config.watchTriggerPatterns ??= []
  vitest.config.watchTriggerPatterns.push({
    pattern: /\.lua$/,
    // null, not []: another pattern, or Vite's graph, may know the file.
    testsToRun: file => nullIfEmpty(testsToRun(file)),
  })
  return {
    loaded(testFile, { luaFiles }) {
      const files = luaFiles.map(file => resolve(root, file))
      loadedBy.set(testFile, files)
      // Files outside of the root are not watched by themselves.
      if (vitest.config.watch) vitest.vite.watcher.add(files)
    },
  }
}

function nullIfEmpty(tests: string[]): string[] | null {
  return tests.length === 0 ? null : tests
}
