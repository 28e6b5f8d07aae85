/**
 * Where a suite's figures go, as they come: to the terminal, and into data for `--json`.
 *
 *     const report = new Report(text => process.stdout.write(text))
 *     report.open('lua5.4', ['state', 'by hand'])
 *     report.row(row)
 *     report.missing('luajit', 'its shared library is not installed')
 *     report.parts    // the same as data
 */
import type { Part } from './part.ts'
import { unjudged, type Row } from './row.ts'
import { goalsSummary, headLine, rowLine } from './table.ts'

export class Report {
  readonly parts: Part[] = []
  readonly #write: (text: string) => void
  readonly #rough: boolean
  #sides: readonly string[] = []
  #rows: Row[] = []

  /** Where figures are rough, goals are told and not judged. */
  constructor(write: (text: string) => void, { rough = false } = {}) {
    this.#write = write
    this.#rough = rough
  }

  note(text: string): void {
    this.#write(`${text}\n`)
  }

  /** From now on rows are those of this part. */
  open(name: string, sides: readonly string[]): void {
    this.#sides = sides
    this.#rows = []
    this.parts.push({ name, status: 'measured', rows: this.#rows })
    this.#write(`\n${headLine(name, sides)}\n`)
  }

  row(measured: Row): void {
    const row = this.#rough ? unjudged(measured) : measured
    this.#rows.push(row)
    this.#write(`${rowLine(row, this.#sides)}\n`)
  }

  /** What could not be measured on this machine: no failure. */
  missing(name: string, reason: string): void {
    this.parts.push({ name, status: 'missing', reason })
    this.#write(`\n${name}\n  not measured: ${reason}\n`)
  }

  failed(name: string, reason: string): void {
    this.parts.push({ name, status: 'failed', reason })
    this.#write(`\n${name}\n  failed: ${reason}\n`)
  }

  close(): void {
    this.#write(`\n${this.#rough ? 'goals are not judged in a quick run' : goalsSummary(this.parts)}\n`)
  }
}
