/** Every script that the installed BullMQ ships, by name. */
import { createRequire } from 'node:module'

export interface Script {
  readonly name: string
  readonly content: string
  /** How many of its arguments are KEYS; the others are ARGV. */
  readonly keys: number
}

// BullMQ's ES modules name each other without extension, which Node does not take: its CommonJS build it is.
const shipped: Record<string, unknown> = createRequire(import.meta.url)('bullmq/dist/cjs/scripts')

export const scripts: ReadonlyMap<string, Script> = new Map(
  Object.values(shipped)
    .filter(isScript)
    .map(script => [script.name, script]),
)

function isScript(value: unknown): value is Script {
  return typeof value === 'object' && value !== null && 'content' in value && 'keys' in value
}
