/** Plain data as guards and workers make it; each test changes what it is about. */
import type { CurrentTest } from '../../src/guards/current-test.ts'
import type { Death } from '../../src/protocol/death.ts'
import type { FileRecord, FileReport } from '../../src/protocol/file-report.ts'
import type {
  Discovery,
  EngineLeftOpen,
  GuardFailed,
  MemoryGrew,
  ProcessLeftRunning,
  RegistryGrew,
  TeardownCrash,
  TestName,
} from '../../src/protocol/finding.ts'

export const MEGABYTE = 1_000_000

export function testName(fullName: string): TestName {
  return { id: `id of ${fullName}`, fullName }
}

export function currentTest(fullName: string, timeout = 5_000): CurrentTest {
  return { name: testName(fullName), timeout }
}

export function engineLeftOpen(changes: Partial<EngineLeftOpen> = {}): EngineLeftOpen {
  return {
    kind: 'engine-left-open',
    engine: 'the database',
    outcome: 'disposed',
    test: testName('orders > are stored'),
    at: { file: 'test/orders.test.ts', line: 12, column: 3 },
    text: 'the database was left open and was disposed when the file ended',
    ...changes,
  }
}

export function processLeftRunning(changes: Partial<ProcessLeftRunning> = {}): ProcessLeftRunning {
  return {
    kind: 'process-left-running',
    pid: 4321,
    command: 'sleep 600',
    age: 40,
    cpu: 10,
    rss: 2 * MEGABYTE,
    outcome: 'ended',
    test: null,
    at: null,
    text: 'process 4321 (sleep 600) was left running and was ended',
    ...changes,
  }
}

export function registryGrew(changes: Partial<RegistryGrew> = {}): RegistryGrew {
  return {
    kind: 'registry-grew',
    among: [],
    outcome: 'put back',
    registry: 'prom-client',
    count: 1,
    added: ['jobs_total'],
    test: testName('counts jobs'),
    at: null,
    text: 'the registry "prom-client" had grown by 1: jobs_total; it was put back',
    ...changes,
  }
}

export function memoryGrew(changes: Partial<MemoryGrew> = {}): MemoryGrew {
  const test = testName('caches > fill')
  return {
    kind: 'memory-grew',
    grown: 260 * MEGABYTE,
    tests: [{ test, grown: 220 * MEGABYTE }],
    test,
    at: null,
    text: 'its worker grew by 260 MB, from 80 MB to 340 MB; most in "caches > fill" (220 MB)',
    ...changes,
  }
}

export function teardownCrash(changes: Partial<TeardownCrash> = {}): TeardownCrash {
  return {
    kind: 'teardown-crash',
    signal: 'SIGSEGV',
    code: null,
    test: null,
    at: null,
    text: 'its worker was ended by SIGSEGV after the last hook',
    ...changes,
  }
}

export function guardFailure(changes: Partial<GuardFailed> = {}): GuardFailed {
  return {
    kind: 'guard-failed',
    guard: 'engines',
    error: 'Error: no',
    test: null,
    at: null,
    text: 'the guard "engines" failed: Error: no',
    ...changes,
  }
}

export function oneOfEach(): Discovery[] {
  return [
    engineLeftOpen(),
    processLeftRunning(),
    registryGrew(),
    memoryGrew(),
    teardownCrash(),
    guardFailure(),
  ]
}

export function death(changes: Partial<Death> = {}): Death {
  return {
    verdict: 'died-in-test',
    test: testName('orders > are stored'),
    others: [],
    hook: null,
    signal: 'SIGSEGV',
    code: null,
    words: 'was ended by SIGSEGV',
    at: null,
    memory: [],
    ...changes,
  }
}

export function fileRecord(changes: Partial<FileRecord> = {}): FileRecord {
  return {
    run: 'run-1',
    runtime: 'fengari',
    file: 'test/orders.test.ts',
    deaths: [],
    workers: [{ pid: 100, reused: false }],
    findings: [],
    engines: { opened: 0, disposed: 0, left: 0 },
    registries: { putBack: 0 },
    processes: { started: 0, ended: 0, tier: 'brand' },
    memory: { start: 40 * MEGABYTE, peak: 60 * MEGABYTE, end: 50 * MEGABYTE },
    luaFiles: [],
    ...changes,
  }
}

export function fileReport(changes: Partial<FileReport> = {}): FileReport {
  const { run: _run, ...known } = fileRecord()
  return {
    project: '',
    ...known,
    tests: { passed: 1, failed: 0, skipped: 0, lost: 0 },
    resumed: 0,
    lostReason: null,
    ...changes,
  }
}
