import { describe, expect, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('registries are put back around every test, by package name and by module', async () => {
    const run = await runVitest(bed, 'registries')
    expect(run.stdout).toContain('10 passed')
    expect(run.code).toBe(0)
    expect(block(run.stdout)).toMatchInlineSnapshot(`
      "Lua  2 files in 2 workers, on fengari
            engines     0 opened, 0 disposed, 0 left
            registries  put back 6 times
            processes   0 started, 0 ended
            memory      peak N MB (FILE)
            findings    0 errors, 5 warnings

       WARN  registry-grew  test/counter.test.ts > a metric that a test adds
              the registry "prom-client" had grown by 1: added_total; it was put back
       WARN  registry-grew  test/own.test.ts > the first test adds and removes
              the registry "plugins" had grown by 2: each, extra; it was put back
       WARN  registry-grew  test/own.test.ts > the first test adds and removes
              the registry "cache" had grown by 1; it was cleared
       WARN  registry-grew  test/own.test.ts > the first test adds and removes
              the registry "local" had grown by 1: more; it was put back
       WARN  registry-grew  test/own.test.ts > the second finds what stood when the file had been collected
              the registry "plugins" had grown by 1: each; it was put back"
    `)
  })

  test('a registry module that exports none fails the file with an error that says what to export', async () => {
    const run = await runVitest(bed, 'registries-none')
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('[LUA_POOL_REGISTRY_NONE]')
    expect(run.stderr).toContain(
      'registries names test/registries.ts, which exports no registry; it exports plugins.',
    )
  })

  test('a registry without what it needs is an error that names what is missing', async () => {
    const run = await runVitest(bed, 'registries-incomplete')
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('The registry "plugins" lacks remove().')
  })
})
