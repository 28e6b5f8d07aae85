/** Keeps every core busy for as long as something takes: `await underLoad(true, () => runAll())`. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** It ends by itself when whoever started it is gone, and its standard input at its end. */
const SPIN = `
  process.stdin.on('end', () => process.exit()).resume()
  setInterval(() => {
    const end = Date.now() + 100
    while (Date.now() < end);
  })`

export async function underLoad<T>(wanted: boolean, work: () => Promise<T>): Promise<T> {
  const children = Array.from({ length: wanted ? availableParallelism() : 0 }, () =>
    spawn(process.execPath, ['-e', SPIN], { stdio: ['pipe', 'ignore', 'inherit'] }),
  )
  try {
    return await work()
  } finally {
    for (const child of children) child.kill('SIGKILL')
  }
}
