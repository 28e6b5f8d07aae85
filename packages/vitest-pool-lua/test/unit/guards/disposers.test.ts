import { expect, test } from 'vitest'
import { projectDisposers } from '../../../src/guards/disposers.ts'
import type { TestModules } from '../../../src/guards/disposers.ts'

const SETTINGS = [{ file: '/project/src/db.ts', exportName: 'disposeAll' }]

/** The modules that the tests have loaded; asking for another one is an error. */
function loaded(modules: Record<string, Record<string, unknown>>): TestModules {
  return {
    isLoaded: file => file in modules,
    async import(file) {
      const module = modules[file]
      if (module === undefined) throw new Error(`${file} is imported although no test did`)
      return module
    },
  }
}

test('a disposer is named as the settings name it', () => {
  const disposers = projectDisposers(SETTINGS, '/project', loaded({}))
  expect(disposers.map(({ name }) => name)).toEqual(['src/db.ts#disposeAll'])
})

test('the export that is named is called and waited for', async () => {
  const said: string[] = []
  const disposeAll = async (): Promise<void> => {
    await Promise.resolve()
    said.push('disposed')
  }
  const [disposer] = projectDisposers(SETTINGS, '/project', loaded({ '/project/src/db.ts': { disposeAll } }))
  await disposer?.dispose()
  expect(said).toEqual(['disposed'])
})

test('a module that no test has loaded is not loaded to be disposed', async () => {
  const [disposer] = projectDisposers(SETTINGS, '/project', loaded({}))
  await expect(disposer?.dispose()).resolves.toBeUndefined()
})

test('what a disposer throws is passed on', async () => {
  const failure = new Error('the socket is gone')
  const disposeAll = (): never => {
    throw failure
  }
  const [disposer] = projectDisposers(SETTINGS, '/project', loaded({ '/project/src/db.ts': { disposeAll } }))
  await expect(disposer?.dispose()).rejects.toBe(failure)
})

test('an export that is missing is an error that names the functions that there are', async () => {
  const module = { end() {}, disposeOne() {}, size: 5 }
  const [disposer] = projectDisposers(SETTINGS, '/project', loaded({ '/project/src/db.ts': module }))
  await expect(disposer?.dispose()).rejects.toMatchObject({
    code: 'LUA_POOL_ENGINES_NO_DISPOSER',
    message:
      'engines names "src/db.ts#disposeAll", but "disposeAll" is undefined; functions that the module exports: end, disposeOne. Export the disposer or mend its name. [LUA_POOL_ENGINES_NO_DISPOSER]',
  })
})

test('an export that is no function is an error too', async () => {
  const module = { disposeAll: true }
  const [disposer] = projectDisposers(SETTINGS, '/project', loaded({ '/project/src/db.ts': module }))
  await expect(disposer?.dispose()).rejects.toThrow(
    '"disposeAll" is boolean; functions that the module exports: none.',
  )
})
