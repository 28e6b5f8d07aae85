import { describe, expect, test } from 'vitest'
import { journalImports } from '../../../src/worker/journaled-imports.ts'
import type { ModuleRunner } from '../../../src/worker/upstream.ts'
import { notingJournal } from './noting-journal.ts'

/** Shaped as Vite's: what evaluates modules hangs on what runs them. */
class Evaluator {
  readonly evaluated: unknown[] = []
  async runInlinedModule(context: object, _code: string, module: { file: string }): Promise<object> {
    if (module.file === 'bad.ts') throw new Error('bad')
    this.evaluated.push(module.file)
    return context
  }
  async runExternalModule(file: string): Promise<string> {
    this.evaluated.push(file)
    return `exports of ${file}`
  }
}

function instrumented() {
  const journal = notingJournal()
  const evaluator = new Evaluator()
  const modules = { import: async () => ({}), evaluator }
  journalImports(modules, journal, '/project')
  return { journal, evaluator }
}

describe('a module that is evaluated', () => {
  test('stands in the journal before and after, and gives what it gives', async () => {
    const { journal, evaluator } = instrumented()
    const context = {}
    expect(await evaluator.runInlinedModule(context, '', { file: '/project/a.ts' })).toBe(context)
    expect(journal.entries).toEqual([
      { type: 'import-began', module: 'a.ts' },
      { type: 'import-ended', module: 'a.ts' },
    ])
    expect(evaluator.evaluated).toEqual(['/project/a.ts'])
  })

  test('may be one that Node imports itself', async () => {
    const { journal, evaluator } = instrumented()
    expect(await evaluator.runExternalModule('file:///x.js')).toBe('exports of file:///x.js')
    expect(journal.entries.map(entry => 'module' in entry && entry.module)).toEqual(['/x.js', '/x.js'])
  })

  test('and throws is still what the file died of', async () => {
    const { journal, evaluator } = instrumented()
    await expect(evaluator.runInlinedModule({}, '', { file: 'bad.ts' })).rejects.toThrow('bad')
    expect(journal.types()).toEqual(['import-began'])
  })
})

test('where Vite evaluates no modules, nothing is changed', () => {
  const modules: ModuleRunner = { import: async () => ({}) }
  journalImports(modules, notingJournal(), '/project')
  expect(Object.keys(modules)).toEqual(['import'])
})

test('an evaluator may have only one of the two', () => {
  const evaluator = { runInlinedModule: async () => {} }
  journalImports({ import: async () => ({}), evaluator } as ModuleRunner, notingJournal(), '/project')
  expect(Object.keys(evaluator)).toEqual(['runInlinedModule'])
})
