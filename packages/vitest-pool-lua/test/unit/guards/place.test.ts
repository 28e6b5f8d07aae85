import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { callerPlace, placeOf } from '../../../src/guards/place.ts'
import { temporaryProject } from '../temporary-project.ts'

const OWN_FILE = fileURLToPath(new URL('../../../src/guards/engine.ts', import.meta.url))

function stack(...frames: string[]): string {
  return ['Error: place', ...frames.map(frame => `    at ${frame}`)].join('\n')
}

test('the place is the line of the test that called', () => {
  expect(callerPlace()).toMatchObject({ file: fileURLToPath(import.meta.url) })
})

test('frames of Node, of dependencies and of this package are passed over', () => {
  const found = placeOf(
    stack(
      'new ChildProcess (node:internal/child_process:1:1)',
      `openEngine (${OWN_FILE}:40:5)`,
      'connect (/project/node_modules/pg/lib/client.js:10:3)',
      'Object.<anonymous> (/project/test/db.test.ts:7:9)',
      'run (/project/node_modules/vitest/dist/runner.js:1:1)',
    ),
  )
  expect(found).toEqual({ file: '/project/test/db.test.ts', line: 7, column: 9 })
})

test('of a line in a helper it is told who called it from another file', () => {
  const found = placeOf(
    stack(
      'connect (/project/node_modules/pg/lib/client.js:10:3)',
      'open (/project/test/helper.ts:3:5)',
      'openAll (/project/test/helper.ts:9:2)',
      'each (/project/node_modules/lodash/each.js:1:1)',
      '/project/test/db.test.ts:7:9',
      '/project/test/more.ts:1:1',
    ),
  )
  const calledFrom = { file: '/project/test/db.test.ts', line: 7, column: 9 }
  expect(found).toEqual({ file: '/project/test/helper.ts', line: 3, column: 5, calledFrom })
})

test.each([
  ['a function', 'open (/project/test/a.test.ts:3:5)'],
  ['no function', '/project/test/a.test.ts:3:5'],
  ['a URL', 'open (file:///project/test/a.test.ts:3:5)'],
  ['a URL without a function', 'file:///project/test/a.test.ts:3:5'],
  ['a constructor', 'new Store (/project/test/a.test.ts:3:5)'],
  ['a method with an alias', 'Store.open [as connect] (/project/test/a.test.ts:3:5)'],
  ['an async function', 'async open (/project/test/a.test.ts:3:5)'],
  ['an async function without a name', 'async /project/test/a.test.ts:3:5'],
  ['an async function without a name, by URL', 'async file:///project/test/a.test.ts:3:5'],
])('a frame of %s is read', (_, frame) => {
  expect(placeOf(stack(frame))).toEqual({ file: '/project/test/a.test.ts', line: 3, column: 5 })
})

test.each([
  ['spaces', '/my project/a.test.ts'],
  ['brackets', '/project (copy)/a.test.ts'],
  ['a colon', '/project:2/a.test.ts'],
])('a path with %s is read', (_, file) => {
  expect(placeOf(stack(`open (${file}:3:5)`))).toEqual({ file, line: 3, column: 5 })
  expect(placeOf(stack(`${file}:3:5`))).toEqual({ file, line: 3, column: 5 })
})

test('a URL with escapes gives the path of the file', () => {
  expect(placeOf(stack('open (file:///my%20project/a.test.ts:3:5)'))?.file).toBe('/my project/a.test.ts')
})

test.each([
  ['no stack', undefined],
  ['an empty stack', ''],
  ['only frames of others', stack('emit (node:events:1:1)', 'x (/p/node_modules/x/i.js:1:1)')],
  ['frames without a place', stack('<anonymous>', 'Array.map (<anonymous>)', 'async Promise.all (index 0)')],
])('%s gives no place', (_, given) => {
  expect(placeOf(given)).toBeNull()
})

// The callback has no name, as that of most tests: V8 then writes 'at async /path:line:column'.
test('a test that awaits a dependency which opens something is the place', async () => {
  const root = temporaryProject({
    'node_modules/store/index.mjs':
      'export async function open() { await undefined; return new Error("place").stack }',
  })
  const url = pathToFileURL(join(root, 'node_modules/store/index.mjs')).href
  const store = (await import(url)) as { open(): Promise<string> }
  expect(placeOf(await store.open())).toMatchObject({ file: fileURLToPath(import.meta.url) })
})
