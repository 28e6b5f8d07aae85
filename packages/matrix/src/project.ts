/**
 * The project that a run of the matrix is: fixtures/project with a test file for each cell, and a bystander before
 * and after them.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileOf } from './cell.ts'
import type { Cell } from './cell.ts'

const FIXTURE = fileURLToPath(new URL('../fixtures/project', import.meta.url))

export const BYSTANDERS = ['0-before', 'z-after'] as const

/** @returns its folder, in that of the bed */
export function writeProject(bed: string, cells: readonly Cell[]): string {
  const folder = mkdtempSync(join(bed, 'matrix '))
  cpSync(FIXTURE, folder, { recursive: true })
  mkdirSync(join(folder, 'test'))
  const template = readFileSync(join(FIXTURE, 'cell.ts'), 'utf8')
  for (const one of cells) writeTest(folder, fileOf(one), dyingAt(template, one))
  const bystander = readFileSync(join(FIXTURE, 'bystander.ts'), 'utf8')
  for (const name of BYSTANDERS) writeTest(folder, name, bystander)
  return folder
}

function writeTest(folder: string, name: string, code: string): void {
  writeFileSync(join(folder, 'test', `${name}.test.ts`), code)
}

function dyingAt(template: string, { death, moment }: Cell): string {
  return template
    .replace("const DEATH = ''", `const DEATH = ${JSON.stringify(death.name)}`)
    .replace("const MOMENT = ''", `const MOMENT = ${JSON.stringify(moment.name)}`)
}
