/** What `npm run matrix --` was given. */
import { parseArgs } from 'node:util'

export interface Options {
  /** Releases of Vitest: '5.1', '4.1'; none is every supported one. */
  readonly vitest: readonly string[]
  /** Parts of names; none is all. */
  readonly deaths: readonly string[]
  readonly moments: readonly string[]
  /** Also on Vitest's own forks. */
  readonly stock: boolean
  /** How often each cell is run. */
  readonly repeat: number
  /** While every core is kept busy. */
  readonly load: boolean
  /** Each cell in a run of its own, and not in a file of a run with others. */
  readonly alone: boolean
  /** The page into which the table is written. */
  readonly markdown: string | null
}

/** @throws where an option is unknown or wrong */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vitest: { type: 'string', multiple: true, default: [] },
      death: { type: 'string', multiple: true, default: [] },
      moment: { type: 'string', multiple: true, default: [] },
      stock: { type: 'boolean', default: false },
      repeat: { type: 'string', default: '1' },
      load: { type: 'boolean', default: false },
      alone: { type: 'boolean', default: false },
      markdown: { type: 'string' },
    },
  })
  const { vitest, death, moment, load, alone, markdown = null } = values
  const stock = values.stock || markdown !== null
  return {
    vitest,
    deaths: death,
    moments: moment,
    stock,
    repeat: countOf(values.repeat),
    load,
    alone,
    markdown,
  }
}

function countOf(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new Error(`--repeat must be a whole number of at least 1, not '${text}'.`)
}
