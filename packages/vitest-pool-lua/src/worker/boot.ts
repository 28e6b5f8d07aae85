/** The boot data that the pool gave this process, taken out of its arguments. */
import { InvariantError } from '../errors.ts'
import type { Boot } from '../protocol/message.ts'

/** Tests then see the arguments that any Vitest worker has. */
export function readBoot(argv: string[]): Boot {
  const [text] = argv.splice(2, 1)
  if (text === undefined) throw new InvariantError('A worker was started without its boot data')
  return JSON.parse(text) as Boot
}
