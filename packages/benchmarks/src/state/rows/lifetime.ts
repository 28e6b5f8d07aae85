/** Opening and closing, many at a time: the others stay open while one is measured. */
import { compare, timed, type Contender } from '../../measure/compare.ts'
import type { Row } from '../../report/row.ts'
import type { Settings } from '../settings.ts'
import type { OpenLua, Side } from '../sides/side.ts'
import { timesRow } from './rows-of.ts'

export async function* lifetimeRows(sides: readonly Side[], settings: Settings): AsyncGenerator<Row> {
  const contenders = (of: typeof openingOf) => sides.map(side => of(side, settings))
  yield timesRow('opening', 'µs', await compare(contenders(openingOf), settings))
  yield timesRow('closing', 'µs', await compare(contenders(closingOf), settings))
}

export function openingOf(side: Side, { opened }: Settings): Contender {
  const open: OpenLua[] = []
  const sample = timed({
    run: times => openMany(side, open, times),
    after: () => closeAll(open),
  })
  return { name: side.name, sample, most: opened }
}

function closingOf(side: Side, { opened }: Settings): Contender {
  const open: OpenLua[] = []
  const sample = timed({
    before: times => openMany(side, open, times),
    run: () => closeAll(open),
  })
  return { name: side.name, sample, most: opened }
}

async function openMany(side: Side, open: OpenLua[], times: number): Promise<void> {
  for (let i = 0; i < times; i++) open.push(await side.open())
}

function closeAll(open: OpenLua[]): void {
  for (const lua of open.splice(0)) lua.close()
}
