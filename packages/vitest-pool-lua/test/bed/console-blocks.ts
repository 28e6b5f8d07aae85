/** The blocks in which Vitest's reporters show what tests printed: `stdout | file > test`, text, an empty line. */
const BLOCK = /^(std(?:out|err) \| .+)\n((?:.+\n)*)\n?/gm

export function withoutConsole(output: string): string {
  return output.replaceAll(BLOCK, '')
}

/** By header, in order; a task's text may come in several blocks. */
export function consoleOf(output: string): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [, header = '', text = ''] of output.matchAll(BLOCK)) all[header] = (all[header] ?? '') + text
  return all
}
