/** What the program that hosts the engine counts. */
import { Counter } from 'prom-client'

export const linesPrinted = new Counter({
  name: 'engine_lines_total',
  help: 'Lines that the engine wrote to its console',
  labelNames: ['kind'] as const,
})

export async function countOf(kind: 'note' | 'warning'): Promise<number> {
  const { values } = await linesPrinted.get()
  return values.find(({ labels }) => labels.kind === kind)?.value ?? 0
}
