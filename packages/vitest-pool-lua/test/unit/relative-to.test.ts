import { join, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'
import type { Place } from '../../src/protocol/finding.ts'
import { relativePlace, relativeTo } from '../../src/relative-to.ts'

const ROOT = resolve('/project')
const slashes = (path: string): string => path.split(sep).join('/')

test('a file of the project is told from its root, with slashes', () => {
  expect(relativeTo(ROOT, join(ROOT, 'test', 'unit', 'a.test.ts'))).toBe('test/unit/a.test.ts')
})

test.each([resolve('/elsewhere/a.lua'), resolve('/project-2/a.lua'), resolve('/a.lua')])(
  '%s, which is outside of the project, keeps its absolute path',
  file => {
    expect(relativeTo(ROOT, file)).toBe(slashes(file))
  },
)

test('a file of the project whose name begins with two dots is inside of it', () => {
  expect(relativeTo(ROOT, join(ROOT, '..rules', 'a.lua'))).toBe('..rules/a.lua')
})

test('a place and who called it are named alike', () => {
  const at = (name: string): Place => ({ file: join(ROOT, 'test', name), line: 3, column: 5 })
  expect(relativePlace(ROOT, { ...at('helper.ts'), calledFrom: at('a.test.ts') })).toEqual({
    file: 'test/helper.ts',
    line: 3,
    column: 5,
    calledFrom: { file: 'test/a.test.ts', line: 3, column: 5 },
  })
  expect(relativePlace(ROOT, null)).toBeNull()
})
