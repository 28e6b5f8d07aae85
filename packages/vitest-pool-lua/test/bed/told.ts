/** What the reporter of the fixture `deaths` was told (support/told-reporter.ts), in few words. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Told {
  readonly tasks: Readonly<Record<string, ToldTask>>
  readonly printed: Readonly<Record<'stdout' | 'stderr', string | undefined>>
  /** That belong to no test. */
  readonly errors: readonly string[]
}

export interface ToldTask {
  /** How often its start and its end were told. */
  readonly began: number
  readonly ended: number
  readonly state: string
  readonly errors: readonly string[]
  readonly retryCount?: number
  readonly repeatCount?: number
  readonly annotations?: readonly (readonly [string, boolean])[]
  readonly lua?: { readonly resumed?: boolean; readonly lost?: boolean }
  readonly own?: unknown
}

export function readTold(folder: string): Told {
  return JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8')) as Told
}

/** Of every task of a file: 'passed after 1 retry, resumed'. */
export function outcomes({ tasks }: Told, file: string): Record<string, string> {
  const own = Object.entries(tasks).filter(([name]) => name.startsWith(`${file} > `))
  return Object.fromEntries(own.map(([name, task]) => [name.slice(file.length + 3), outcome(task)]))
}

function outcome({ state, retryCount = 0, repeatCount = 0, lua = {} }: ToldTask): string {
  const words = [
    state,
    ...(retryCount > 0 ? [`${retryCount} retries`] : []),
    ...(repeatCount > 0 ? [`${repeatCount} repeats`] : []),
    ...(lua.resumed === true ? ['resumed'] : []),
    ...(lua.lost === true ? ['lost'] : []),
  ]
  return words.join(', ')
}

/** Tasks that were not told once of their start and once of their end. */
export function toldOften({ tasks }: Told): string[] {
  return Object.entries(tasks)
    .filter(([, { began, ended }]) => began !== 1 || ended !== 1)
    .map(([name, { began, ended }]) => `${name}: began ${began}, ended ${ended}`)
}
