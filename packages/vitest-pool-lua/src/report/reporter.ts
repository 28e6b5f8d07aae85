/**
 * The reporter that the plugin adds. It only listens: what it shows stands in
 * the tests' meta, so that a merge of blob reports shows it too.
 */
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { fileRecordOf } from '../protocol/file-report.ts'
import type { FileRecord, FileReport, TestCounts } from '../protocol/file-report.ts'
import type { Finding } from '../protocol/finding.ts'
import { jsonReport, writeJson } from './json.ts'
import { fileReport } from './ledger.ts'
import { terminalBlock } from './terminal.ts'

export interface LuaReporterOptions {
  /** Where the JSON goes; relative paths from the working directory. */
  readonly outputFile?: string | null
  /** What was found after a file's record, by the file's absolute path. */
  readonly late?: ReadonlyMap<string, readonly Finding[]>
  /** Hears of each file's record. */
  onRecord?(module: TestModule, record: FileRecord): void
}

export class LuaReporter implements Reporter {
  readonly #options: LuaReporterOptions
  readonly #ledger = new Map<string, { readonly run: string; readonly report: FileReport }>()
  #vitest: Vitest | undefined

  constructor(options: LuaReporterOptions = {}) {
    this.#options = options
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestModuleEnd(module: TestModule): void {
    const record = fileRecordOf(module.meta())
    if (record !== undefined) this.#options.onRecord?.(module, record)
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const reports = modules.flatMap(module => this.#enter(module))
    if (reports.length === 0 || this.#vitest === undefined) return
    const { logger } = this.#vitest
    const toStderr = writesDataToStdout(this.#vitest)
    const stream = toStderr ? logger.errorStream : logger.outputStream
    const print = toStderr ? logger.error.bind(logger) : logger.log.bind(logger)
    print(`${terminalBlock(reports, hasColors(stream))}\n`)
    this.#writeJson()
  }

  /** Enters a file's newest report into the ledger; none for files that this pool did not run. */
  #enter(module: TestModule): FileReport[] {
    const record = fileRecordOf(module.meta())
    if (record === undefined) return []
    const report = fileReport(record, {
      project: module.project.name,
      tests: countTests(module),
      late: this.#options.late?.get(module.moduleId) ?? [],
    })
    this.#ledger.set(`${module.project.name}\0${module.moduleId}`, { run: record.run, report })
    return [report]
  }

  #writeJson(): void {
    const { outputFile } = this.#options
    const entries = [...this.#ledger.values()]
    if (!outputFile || entries[0] === undefined) return
    writeJson(
      outputFile,
      jsonReport(
        entries[0].run,
        entries.map(({ report }) => report),
      ),
    )
  }
}

function countTests(module: TestModule): TestCounts {
  const states = [...module.children.allTests()].map(test => test.result().state)
  const count = (wanted: string): number => states.filter(state => state === wanted).length
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    lost: count('pending'),
  }
}

/** Reporters that print their data where nothing else may be printed. */
const DATA_REPORTERS = new Set(['json', 'junit', 'tap', 'tap-flat'])

function writesDataToStdout({ config }: Vitest): boolean {
  const { outputFile } = config
  return (config.reporters as readonly unknown[]).some(reporter => {
    const [name, options] = Array.isArray(reporter) ? (reporter as unknown[]) : [reporter]
    if (typeof name !== 'string' || !DATA_REPORTERS.has(name)) return false
    const own = (options as { outputFile?: unknown } | undefined)?.outputFile
    return !own && (typeof outputFile === 'object' ? !Reflect.get(outputFile, name) : !outputFile)
  })
}

function hasColors(stream: NodeJS.WritableStream): boolean {
  if (process.env.NO_COLOR) return false
  if (process.env.FORCE_COLOR) return true
  return (stream as Partial<NodeJS.WriteStream>).hasColors?.() ?? false
}
