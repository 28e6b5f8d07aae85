/**
 * A cell of the matrix: one death at one moment.
 *
 *     cellsOf({ deaths: ['SIGKILL'], moments: ['test'] })    // SIGKILL in the first test, in the middle test, ...
 */
import { DEATHS } from './deaths.ts'
import type { Death } from './deaths.ts'
import { MOMENTS } from './moments.ts'
import type { Moment } from './moments.ts'

export interface Cell {
  readonly death: Death
  readonly moment: Moment
}

export interface CellFilter {
  /** Parts of names; none is all. */
  readonly deaths: readonly string[]
  readonly moments: readonly string[]
}

const EVERY: CellFilter = { deaths: [], moments: [] }

/** @throws where a part is part of no name */
export function cellsOf({ deaths, moments }: CellFilter): readonly Cell[] {
  const chosen = namedBy(DEATHS, deaths, 'death')
  return namedBy(MOMENTS, moments, 'moment').flatMap(moment => chosen.map(death => ({ death, moment })))
}

/** By the whole names. */
export function cellNamed(death: string, moment: string): Cell {
  const cell = cellsOf(EVERY).find(one => one.death.name === death && one.moment.name === moment)
  if (cell !== undefined) return cell
  throw new Error(`There is no '${death}' at '${moment}': deaths.ts and moments.ts name what there is.`)
}

export function titleOf({ death, moment }: Cell): string {
  return `${death.name} ${moment.words}`
}

/** The name of its test file, without an ending. */
export function fileOf(cell: Cell): string {
  return titleOf(cell).replaceAll(/[^\w]+/g, '-')
}

function namedBy<T extends { readonly name: string }>(
  all: readonly T[],
  parts: readonly string[],
  what: string,
): readonly T[] {
  const has = ({ name }: T, part: string): boolean => name.toLowerCase().includes(part.toLowerCase())
  const unknown = parts.find(part => !all.some(one => has(one, part)))
  if (unknown !== undefined) {
    throw new Error(
      `No ${what} has '${unknown}' in its name. There are: ${all.map(({ name }) => name).join(', ')}.`,
    )
  }
  return parts.length === 0 ? all : all.filter(one => parts.some(part => has(one, part)))
}
