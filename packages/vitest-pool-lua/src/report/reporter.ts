/**
 * The reporter that the plugin adds. It only listens: what it shows stands in
 * the tests' meta, so that a merge of blob reports shows it too.
 */
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { fileKey, fileRecordOf, lostRecord } from '../protocol/file-report.ts'
import type { FileIdentity } from '../protocol/file-report.ts'
import { relativeTo } from '../relative-to.ts'
import type { FileRecord } from '../protocol/file-report.ts'
import { POOL_NAME, RUN_KEY } from '../protocol/message.ts'
import { testMetaOf } from '../protocol/test-meta.ts'
import { accountOf, unaccounted } from './accounting.ts'
import type { ToldTest } from './accounting.ts'
import { jsonReport, writeJson } from './json.ts'
import { fileReport } from './ledger.ts'
import type { Entry } from './ledger.ts'
import { terminalBlock } from './terminal.ts'

export interface LuaReporterOptions {
  /** Where the JSON goes; relative paths from the working directory. */
  readonly outputFile?: string | null
  /** The run's id, and what is known of its projects, for files whose worker died before it could tell. */
  readonly run?: {
    readonly id: string
    readonly projects: ReadonlyMap<string, Pick<FileIdentity, 'runtime' | 'tier'>>
  }
  /** Hears of each file's record. */
  onRecord?(module: TestModule, record: FileRecord): void
}

export class LuaReporter implements Reporter {
  readonly #options: LuaReporterOptions
  readonly #ledger = new Map<string, Entry>()
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

  /** `reason` is 'interrupted' after --bail and Ctrl+C. */
  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: string): void {
    const entries = modules.flatMap(module => this.#enter(module, reason === 'interrupted'))
    if (entries.length === 0) return
    if (!this.#isSecond()) {
      this.#print(colors => terminalBlock(entries.map(fileReport), colors))
      this.#checkAccounts(entries)
    }
    this.#writeJson()
  }

  #print(text: (colors: boolean) => string): void {
    if (this.#vitest === undefined) return
    const { logger } = this.#vitest
    const toStderr = writesDataToStdout(this.#vitest)
    const stream = toStderr ? logger.errorStream : logger.outputStream
    const print = toStderr ? logger.error.bind(logger) : logger.log.bind(logger)
    print(`${text(hasColors(stream))}\n`)
  }

  /** Enters a file's newest report into the ledger; none for files that this pool did not run. */
  #enter(module: TestModule, interrupted: boolean): Entry[] {
    const { name, vitest } = module.project
    // Merged runs do not say how they ended.
    const cancelled = interrupted || Boolean(vitest.config.mergeReports)
    const record =
      fileRecordOf(module.meta()) ?? (cancelled && neverBegan(module) ? undefined : this.#lostRecord(module))
    if (record === undefined) return []
    const account = accountOf([...module.children.allTests()].map(toldTest), {
      cancelled,
      recorded: record.workers.length > 0,
    })
    const entry = { record, project: name, account }
    this.#ledger.set(fileKey(name, module.moduleId), entry)
    return [entry]
  }

  #checkAccounts(entries: readonly Entry[]): void {
    const error = unaccounted(entries.map(({ record, account }) => ({ file: record.file, account })))
    if (error === undefined) return
    this.#vitest?.logger.error(`${error.name}: ${error.message}`)
    process.exitCode = 1
  }

  /** Listed by hand beside the plugin, whose own reporter shows the block. */
  #isSecond(): boolean {
    return this.#options.run === undefined && this.#vitest !== undefined && RUN_KEY in this.#vitest
  }

  /** A file of this pool without a record has lost its worker. One that is only checked for its types has none. */
  #lostRecord(module: TestModule): FileRecord | undefined {
    const { project, moduleId } = module
    const { run } = this.#options
    if (run === undefined || project.config.pool !== POOL_NAME || isTypecheck(module)) return undefined
    const known = run.projects.get(project.name) ?? { runtime: '', tier: 'tree' }
    return lostRecord({ run: run.id, ...known, file: relativeTo(project.vitest.config.root, moduleId) })
  }

  #writeJson(): void {
    const { outputFile } = this.#options
    const entries = [...this.#ledger.values()]
    if (!outputFile || entries[0] === undefined) return
    const error = writeJson(outputFile, jsonReport(entries[0].record.run, entries.map(fileReport)))
    if (error === undefined) return
    this.#vitest?.logger.error(error.message)
    process.exitCode = 1
  }
}

function isTypecheck(module: TestModule): boolean {
  return (module.meta() as { readonly typecheck?: boolean }).typecheck === true
}

/** --bail, or somebody, has ended the run before it was this file's turn. */
function neverBegan(module: TestModule): boolean {
  return module.children.size === 0 && module.errors().length === 0
}

function toldTest(test: TestCase): ToldTest {
  const { state, errors } = test.result()
  return { state, meta: testMetaOf(test.meta()), message: errors?.[0]?.message }
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
  const { FORCE_COLOR } = process.env
  if (FORCE_COLOR) return FORCE_COLOR !== '0'
  return (stream as Partial<NodeJS.WriteStream>).hasColors?.() ?? false
}
