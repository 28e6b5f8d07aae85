/**
 * The project that a run of the matrix is: fixtures/project with the test files that are given, and a bystander
 * before and after them.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileOf } from './cell.ts'
import type { Cell } from './cell.ts'

/** Code by name; a name has neither folder nor ending. */
export type TestFiles = Readonly<Record<string, string>>

export const BYSTANDERS = ['0-before', 'z-after'] as const

export const FIXTURE = fileURLToPath(new URL('../fixtures/project', import.meta.url))

/** @returns its folder, in that of the bed */
export function writeProject(bed: string, files: TestFiles): string {
  const folder = mkdtempSync(join(bed, 'matrix '))
  cpSync(FIXTURE, folder, { recursive: true })
  mkdirSync(join(folder, 'test'))
  const bystander = templateOf('bystander')
  const all = { ...files, ...Object.fromEntries(BYSTANDERS.map(name => [name, bystander])) }
  for (const [name, code] of Object.entries(all)) writeFileSync(join(folder, 'test', `${name}.test.ts`), code)
  return folder
}

/** A file for each cell. */
export function filesOf(cells: readonly Cell[]): TestFiles {
  const template = templateOf('cell')
  return Object.fromEntries(cells.map(cell => [fileOf(cell), dyingAt(template, cell)]))
}

/** A test file of the fixture that is no test file there yet. */
export function templateOf(name: 'bystander' | 'cell' | 'thousand'): string {
  return readFileSync(join(FIXTURE, `${name}.ts`), 'utf8')
}

function dyingAt(template: string, { death, moment }: Cell): string {
  return template
    .replace("const DEATH = ''", `const DEATH = ${JSON.stringify(death.name)}`)
    .replace("const MOMENT = ''", `const MOMENT = ${JSON.stringify(moment.name)}`)
}
