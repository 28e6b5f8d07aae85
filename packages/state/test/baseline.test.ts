import { expect, test } from 'vitest'
import { freshState } from './fresh-state.ts'

test('diff tells what was added, changed and removed, also in library tables', () => {
  const lua = freshState()
  lua.execute('kept = 1 gone = 2 config = {deep = {x = 1}}')
  const baseline = lua.baseline()
  expect(baseline.diff()).toEqual([])
  lua.execute('added = true kept = 2 gone = nil string.extra = 1 package.loaded.rules = {} config.deep.x = 2')
  const changes = baseline.diff().map(({ kind, path }) => `${kind} ${path}`)
  expect(changes.toSorted()).toEqual([
    'added added',
    'added package.loaded.rules',
    'added string.extra',
    'changed config.deep.x',
    'changed kept',
    'removed gone',
  ])
})

test('restore puts everything back', () => {
  const lua = freshState()
  lua.execute('kept = 1 gone = {} ')
  const { gone } = lua.globals
  const baseline = lua.baseline()
  lua.execute(
    'added = true kept = 2 gone = nil string.format = nil package.loaded.rules = {} setmetatable(_G, {__newindex = error})',
  )
  baseline.restore()
  expect(baseline.diff()).toEqual([])
  expect(lua.globals.gone).toBe(gone)
  expect(lua.execute('return string.format("%d", kept)')).toBe('1')
})

test("with encoding 'bytes' nothing is different either", () => {
  const lua = freshState({ encoding: 'bytes' })
  lua.execute('name = "value \\255"')
  const baseline = lua.baseline()
  expect(baseline.diff()).toEqual([])
  lua.execute('name = "other"')
  expect(baseline.diff()).toMatchObject([{ kind: 'changed', path: 'name' }])
  baseline.restore()
  expect(lua.eval('name == "value \\255"')).toBe(true)
})
