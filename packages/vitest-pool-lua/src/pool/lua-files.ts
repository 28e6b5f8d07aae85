/**
 * The Lua files that test files loaded, made known to Vite and Vitest, which
 * do not see what a Lua state reads:
 *
 * - a change of one reruns, in watch mode, the test files that loaded it
 *   (https://vitest.dev/config/watchtriggerpatterns);
 * - an error in one shows its code frame, which Vitest does for modules of the graph only
 *   (https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/printError.ts).
 */
import { resolve } from 'node:path'
import type { FileRecord } from '../protocol/file-report.ts'
import type { TestModule, TestProject, Vitest } from './upstream.ts'

export interface LuaFiles {
  /** A test file has ended, with this record. */
  loaded(module: TestModule, record: FileRecord): void
}

export function followLuaFiles(vitest: Vitest): LuaFiles {
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
    loaded({ moduleId, project }, { luaFiles }) {
      const files = luaFiles.map(file => resolve(vitest.config.root, file))
      loadedBy.set(moduleId, files)
      for (const file of files) enterGraph(project, file)
      // Files outside of the root are not watched by themselves.
      if (vitest.config.watch) vitest.vite.watcher.add(files)
    },
  }
}

/** As a file that is no module, but one that Vite has processed. */
function enterGraph(project: TestProject, file: string): void {
  const { ssr } = project.vite.environments
  const node = ssr?.moduleGraph.createFileOnlyEntry(file)
  if (node) node.transformResult ??= { code: '', map: null }
}

function nullIfEmpty(tests: string[]): string[] | null {
  return tests.length === 0 ? null : tests
}
