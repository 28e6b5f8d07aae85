/** What passes between the languages, work by work, on states that are open already. */
import { compare, timed } from '../../measure/compare.ts'
import type { Row } from '../../report/row.ts'
import { borderGoals } from '../goals.ts'
import type { Settings } from '../settings.ts'
import type { Border, OpenLua, Side } from '../sides/side.ts'
import { mustAgree } from './must-agree.ts'
import { timesRow, type TimeUnit } from './rows-of.ts'

interface Work {
  readonly name: string
  readonly unit: TimeUnit
  /** So often. Gives a number that must be the same on every side. */
  readonly run: (border: Border, times: number) => number
}

const object = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key${index}`, index * 2]))

const works: readonly Work[] = [
  { name: 'JS calls Lua: two numbers', unit: 'ns', run: (border, times) => border.addNumbers(times) },
  { name: 'JS calls Lua: a text, and back', unit: 'ns', run: (border, times) => border.echoText(times) },
  {
    name: 'Lua calls JS: a text, and back',
    unit: 'ns',
    run: (border, times) => border.callBackWithText(times),
  },
  { name: '10,000 callbacks with a number', unit: 'µs', run: repeated(border => border.callBack(10_000)) },
  { name: 'iterating a list of 10,000 numbers', unit: 'µs', run: repeated(border => border.sumList()) },
  { name: 'iterating a table of 10,000 keys', unit: 'µs', run: repeated(border => border.sumKeys()) },
  { name: 'passing an object of 1,000 keys', unit: 'µs', run: repeated(border => border.passObject(object)) },
]

export async function* borderRows(sides: readonly Side[], settings: Settings): AsyncGenerator<Row> {
  const opened: { name: string; lua: OpenLua; border: Border }[] = []
  for (const side of sides) {
    const lua = await side.open()
    opened.push({ name: side.name, lua, border: lua.border() })
  }
  for (const work of works) {
    mustAgree(
      work.name,
      opened.map(({ border }) => work.run(border, 3)),
    )
    const contenders = opened.map(({ name, border }) => ({
      name,
      sample: timed({ run: times => void work.run(border, times) }),
    }))
    yield timesRow(work.name, work.unit, await compare(contenders, settings), borderGoals)
  }
  for (const { lua } of opened) lua.close()
}

function repeated(once: (border: Border) => number): Work['run'] {
  return (border, times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += once(border)
    return sum
  }
}
