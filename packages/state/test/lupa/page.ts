/**
 * Reads docs/lupa.md: what the second column of its tables says that a line of code gives.
 *
 *     | lupa | ours | what differs |
 *     | ...  | `code` → `value` (fengari: throws `LUA_STATE_...`)<br>`more` throws `LuaError` | ... |
 */
import { readFileSync } from 'node:fs'

export interface Section {
  readonly title: string
  readonly examples: readonly Example[]
}

export interface Example {
  readonly code: string
  readonly outcome: Outcome
  /** Where it is another one, by runtime. */
  readonly elsewhere: ReadonlyMap<string, Outcome>
}

/** `value` is an expression; `error` the name or the code of an error. */
export type Outcome = { kind: 'gives'; value: string } | { kind: 'throws'; error: string }

const page = new URL('../../../../docs/lupa.md', import.meta.url)

/** Throws for a line of code of which the page does not say what it gives. */
export function readPage(): { shared: string; sections: Section[] } {
  const text = readFileSync(page, 'utf8')
  const shared = /```js\n([^]*?)```/.exec(text)?.[1]
  if (shared === undefined) throw new Error('docs/lupa.md has no block of code that its lines share')
  const sections = text.split(/^## /m).filter(section => section.includes('\n| lupa | ours |'))
  return { shared, sections: sections.map(readSection) }
}

function readSection(text: string): Section {
  const rows = text.split('\n').filter(line => line.startsWith('| '))
  const cells = rows.slice(1).map(row => row.split(' | ')[1] ?? '')
  return { title: text.slice(0, text.indexOf('\n')), examples: cells.flatMap(readCell) }
}

function readCell(cell: string): Example[] {
  return cell
    .split('<br>')
    .filter(line => line.includes('`'))
    .map(readExample)
}

const example = /^`(?<code>[^`]+)` (?<outcome>(?:→|throws) `[^`]+`)(?: \((?<elsewhere>.+)\))?$/

function readExample(line: string): Example {
  const { code, outcome, elsewhere } = example.exec(line.trim())?.groups ?? {}
  if (code === undefined || outcome === undefined)
    throw new Error(`docs/lupa.md does not say what this gives: ${line}`)
  return { code, outcome: readOutcome(outcome), elsewhere: readElsewhere(elsewhere) }
}

function readElsewhere(text = ''): Map<string, Outcome> {
  const found = text.matchAll(/(?<runtimes>[\w., ]+): (?<outcome>(?:→ |throws )?`[^`]+`)/g)
  const outcomes = [...found].flatMap(({ groups = {} }) => {
    const outcome = readOutcome(groups['outcome'] ?? '')
    return (groups['runtimes'] ?? '').split(',').map(name => [name.trim(), outcome] as const)
  })
  return new Map(outcomes)
}

function readOutcome(text: string): Outcome {
  const quoted = text.slice(text.indexOf('`') + 1, -1)
  return text.startsWith('throws') ? { kind: 'throws', error: quoted } : { kind: 'gives', value: quoted }
}
