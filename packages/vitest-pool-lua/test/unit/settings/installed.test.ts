import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { isInstalled } from '../../../src/settings/installed.ts'
import { temporaryProject } from '../temporary-project.ts'

// koffi is installed beside this package: pnpm's NODE_PATH leads to it from everywhere, `import` does not.
test('a package is looked for from where the module is that imports it, as import does', () => {
  const root = temporaryProject({
    'strict/node_modules/koffi/index.js': '',
    'strict/node_modules/state/dist/index.js': '',
    'other/node_modules/state/dist/index.js': '',
  })
  const importedFrom = (path: string): boolean =>
    isInstalled('koffi', pathToFileURL(join(root, path, 'node_modules/state/dist/index.js')).href)
  expect(importedFrom('strict')).toBe(true)
  expect(importedFrom('other')).toBe(false)
})
