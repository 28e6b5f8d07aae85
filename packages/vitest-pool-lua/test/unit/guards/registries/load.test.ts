import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadRegistries } from '../../../../src/guards/registries/load.ts'
import { promClientRegistries } from '../../../../src/guards/registries/prom-client.ts'
import { rejectionOf } from '../../thrown.ts'
import { counted, keyed, plugins } from './plugins.ts'

const ROOT = resolve('/project')
const FILE = join(ROOT, 'test/registries.ts')
const SETTING = { source: FILE, to: 'baseline' } as const

const exporting = (module: Record<string, unknown>) => async (file: string) => {
  expect(file).toBe(FILE)
  return module
}

test('prom-client is known by its name and imports nothing', async () => {
  const sources = await loadRegistries([{ source: 'prom-client', to: 'empty' }], ROOT, () =>
    Promise.reject(new Error('imported')),
  )
  expect(sources).toEqual([{ registries: promClientRegistries, to: 'empty' }])
})

test('every registry that a module exports is found, in arrays too; other exports are passed over', async () => {
  const first = keyed(plugins())
  const second = counted(plugins())
  const module = { default: first, all: [second, 'text'], helper: () => 5, VERSION: 3, nothing: null }
  const [source] = await loadRegistries([SETTING], ROOT, exporting(module))
  expect(source?.registries()).toEqual([first, second])
  expect(source?.to).toBe('baseline')
})

test('a module that exports no registry is an error that names what it exports', async () => {
  const error = await rejectionOf(loadRegistries([SETTING], ROOT, exporting({ plugins: [], size: 5 })))
  expect(error).toMatchObject({ code: 'LUA_POOL_REGISTRY_NONE' })
  expect(String(error)).toContain(
    `registries names ${join('test', 'registries.ts')}, which exports no registry; it exports plugins, size. Export one made by defineRegistry`,
  )
})

test('a module that exports nothing says so', async () => {
  const error = await rejectionOf(loadRegistries([SETTING], ROOT, exporting({})))
  expect(String(error)).toContain('it exports nothing.')
})

test('an export that was meant as a registry and lacks something is an error, though another is whole', async () => {
  const module = { whole: keyed(plugins()), half: { name: 'half', entries: () => [] } }
  expect(await rejectionOf(loadRegistries([SETTING], ROOT, exporting(module)))).toMatchObject({
    code: 'LUA_POOL_REGISTRY_INCOMPLETE',
    message: expect.stringContaining('The registry "half" lacks remove()') as string,
  })
})

test('what a module throws is passed on', async () => {
  const failure = new SyntaxError('unexpected token')
  expect(await rejectionOf(loadRegistries([SETTING], ROOT, () => Promise.reject(failure)))).toBe(failure)
})
