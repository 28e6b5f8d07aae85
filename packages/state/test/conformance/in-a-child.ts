/**
 * For what may end the process: runs a chunk in a process of its own.
 *
 *     inAChild('luajit', 'error("x", 0)')    // { error: 'x', afterwards: 2 }
 *
 * Needs a Node.js that runs TypeScript, as the workspace's own does.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { RuntimeName } from '../../src/index.ts'

/** In ms: a child takes a fifth of a second. */
const hangs = 30_000

/** How the chunk failed and what `1 + 1` was afterwards; 'died' where the process did. */
export function inAChild(runtime: RuntimeName, chunk: string): unknown {
  const script = fileURLToPath(new URL('run-chunk.ts', import.meta.url))
  const flags = ['--disable-warning=ExperimentalWarning']
  const { status, stdout, error } = spawnSync(process.execPath, [...flags, script, runtime, chunk], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: hangs,
  })
  if (error !== undefined) throw error
  return status === 0 ? JSON.parse(stdout) : 'died'
}
