/** The table itself: what it promises of its own. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadLua } from '../../src/index.ts'
import { topics } from './topics.ts'

const rows = topics.flatMap(topic => topic.rows)

test('no sentence stands twice', () => {
  const sentences = rows.map(row => row.says)
  expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([])
})

test('every entry of the capabilities declares a difference of some row', async () => {
  const lua = (await loadLua('fengari'))()
  const declared = new Set(rows.flatMap(({ differs = [] }) => differs.map(({ declaredBy }) => declaredBy)))
  expect(Object.keys(lua.capabilities).filter(name => !declared.has(name as never))).toEqual([])
  lua.close()
})

test('docs/runtimes.md has every topic and every row', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/runtimes.md'), 'utf8')
  expect(topics.map(({ title }) => title).filter(title => !page.includes(`### ${title}\n`))).toEqual([])
  expect(rows.map(({ says }) => says).filter(says => !page.includes(`| ${says} |`))).toEqual([])
})
