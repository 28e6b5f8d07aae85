/** The ways in which a main process comes to its end, and how each is brought about from outside. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Going, Setting } from './start.ts'

export interface Way extends Setting {
  readonly name: string
  bringAbout(going: Going): void | Promise<void>
}

const CTRL_C = '\u0003'

export const WAYS: readonly Way[] = [
  ...(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const).map(signalled),
  byPipes('SIGKILL to its process group', ({ main }) => void process.kill(-main.pid, 'SIGKILL')),
  byPipes('an error that nobody catches', sendUserSignal),
  { ...byPipes('process.exit()', sendUserSignal), env: { ON_SIGUSR2: 'exit' } },
  inTerminal('Ctrl+C', 'run', async ({ type }) => type(CTRL_C)),
  inTerminal('Ctrl+C twice', 'run', typeTwice),
  inTerminal('a closed terminal', 'run', ({ close }) => close()),
  inTerminal('Ctrl+C twice, watching', 'watch', typeTwice),
  inTerminal('a closed terminal, watching', 'watch', ({ close }) => close()),
  { name: 'a pipe to head -1', place: 'head', command: 'run', bringAbout: ({ folder }) => talk(folder) },
]

/** @throws where a part is part of no name */
export function waysNamed(parts: readonly string[]): readonly Way[] {
  const isNamed = ({ name }: Way, part: string): boolean => name.toLowerCase().includes(part.toLowerCase())
  const unknown = parts.find(part => !WAYS.some(way => isNamed(way, part)))
  if (unknown !== undefined) {
    throw new Error(
      `No way has '${unknown}' in its name. There are: ${WAYS.map(({ name }) => name).join('; ')}.`,
    )
  }
  return parts.length === 0 ? WAYS : WAYS.filter(way => parts.some(part => isNamed(way, part)))
}

function signalled(signal: NodeJS.Signals): Way {
  return byPipes(signal, ({ main }) => void process.kill(main.pid, signal))
}

function sendUserSignal({ main }: Going): void {
  process.kill(main.pid, 'SIGUSR2')
}

/** The second one when the first has been heard, or has ended everything by itself. */
async function typeTwice({ type, heardCancel }: Going): Promise<void> {
  type(CTRL_C)
  await heardCancel()
  type(CTRL_C)
}

/** Who prints to a reader that is gone is told so by an error. */
function talk(folder: string): void {
  writeFileSync(join(folder, 'talk'), '')
}

function byPipes(name: string, bringAbout: Way['bringAbout']): Way {
  return { name, place: 'pipes', command: 'run', bringAbout }
}

function inTerminal(name: string, command: Way['command'], bringAbout: Way['bringAbout']): Way {
  return { name, place: 'terminal', command, bringAbout }
}
