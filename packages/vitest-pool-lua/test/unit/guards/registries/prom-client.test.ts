import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, register } from 'prom-client'
import { afterEach, expect, test } from 'vitest'
import { registriesGuard } from '../../../../src/guards/registries/guard.ts'
import { promClientRegistries } from '../../../../src/guards/registries/prom-client.ts'
import { currentTest } from '../../samples.ts'

const adds = currentTest('adds')

afterEach(() => register.clear())

function collected() {
  const guard = registriesGuard([{ registries: promClientRegistries, to: 'baseline' }])
  guard.collected?.()
  return guard
}

function countJobs() {
  return new Counter({ name: 'jobs_total', help: 'jobs' })
}

async function valuesOf(name: string): Promise<number[]> {
  const metric = await register.getSingleMetric(name)?.get()
  return metric?.values.map(({ value }) => value) ?? []
}

test('the default register of the loaded prom-client is found, the same each time', () => {
  const [registry, ...more] = promClientRegistries()
  expect(registry?.name).toBe('prom-client')
  expect(more).toEqual([])
  expect(promClientRegistries()[0]).toBe(registry)
})

test('a metric that a test registers is gone afterwards, and can be registered anew', () => {
  const guard = collected()
  countJobs()
  expect(guard.afterTest?.(adds, true)).toMatchObject([
    { kind: 'registry-grew', registry: 'prom-client', added: ['jobs_total'] },
  ])
  expect(countJobs).not.toThrow()
})

test('a metric of the module level survives, its value reset', async () => {
  const jobs = countJobs()
  jobs.inc(3)
  const guard = collected()
  guard.beforeTest?.()
  expect(register.getSingleMetric('jobs_total')).toBe(jobs)
  expect(await valuesOf('jobs_total')).toEqual([0])

  jobs.inc()
  expect(guard.afterTest?.(adds, true)).toEqual([])
  expect(await valuesOf('jobs_total')).toEqual([0])
})

test('labels, gauges and histograms are reset as well', async () => {
  const queue = new Gauge({ name: 'queue', help: 'length', labelNames: ['name'] })
  const time = new Histogram({ name: 'time', help: 'seconds', buckets: [1] })
  const guard = collected()
  queue.set({ name: 'mail' }, 5)
  time.observe(0.5)
  guard.afterTest?.(adds, true)
  expect(await valuesOf('queue')).toEqual([])
  expect((await valuesOf('time')).filter(value => value !== 0)).toEqual([])
})

test('a metric that a test removes comes back, the same one', () => {
  const jobs = countJobs()
  const guard = collected()
  register.clear()
  expect(guard.afterTest?.(adds, true)).toEqual([])
  expect(register.getSingleMetric('jobs_total')).toBe(jobs)
})

test('a metric that a test replaces is put back', () => {
  const jobs = countJobs()
  const guard = collected()
  register.removeSingleMetric('jobs_total')
  const replacement = new Counter({ name: 'jobs_total', help: 'others' })
  expect(register.getSingleMetric('jobs_total')).toBe(replacement)
  guard.afterTest?.(adds, true)
  expect(register.getSingleMetric('jobs_total')).toBe(jobs)
})

test('the default metrics that a test collects are gone afterwards', () => {
  const guard = collected()
  collectDefaultMetrics()
  expect(guard.afterTest?.(adds, true)).toMatchObject([{ kind: 'registry-grew' }])
  expect(register.getMetricsAsArray()).toEqual([])
})

test('a register that a test makes for itself is its own business', () => {
  const guard = collected()
  const own = new Registry()
  const jobs = new Counter({ name: 'jobs_total', help: 'jobs', registers: [own] })
  expect(guard.afterTest?.(adds, true)).toEqual([])
  expect(own.getSingleMetric('jobs_total')).toBe(jobs)
})
