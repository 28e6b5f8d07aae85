/**
 * What tests print, in the journal: Vitest sends it at the end of the current turn of the event loop, which the last
 * words before a death do not live to see.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/console.ts
 */
import type { Journal } from './journal.ts'

interface Printing {
  write(text: string, ...more: unknown[]): boolean
}

/** Vitest's console, not the process's own: with `disableConsoleIntercept` nothing waits in memory. */
export function journalConsole({ write }: Journal, disableConsoleIntercept: boolean | undefined): void {
  if (disableConsoleIntercept === true) return
  for (const stream of ['stdout', 'stderr'] as const) {
    const printing = Reflect.get(console, `_${stream}`) as Printing | undefined
    if (printing === undefined) continue
    const original = printing.write.bind(printing)
    printing.write = (text, ...more) => {
      write({ type: 'printed', stream, text })
      return original(text, ...more)
    }
  }
}
