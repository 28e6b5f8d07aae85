/**
 * A worker's life, with a real process behind it that runs a script.
 *
 *     const life = await live(`write({ type: 'closing', rss: 1 }); process.on('message', () => answer())`)
 *
 * In the script, `write` writes into its journal, `beat` does so again and again, and `answer` says that it has
 * stopped.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { endProcess, exitOf, forwardOutput, tailOf } from '../../../../src/pool/life/child.ts'
import { readJournal } from '../../../../src/pool/journal/journal-reader.ts'
import type { Gone, Life } from '../../../../src/pool/life/life.ts'
import { memoryCurve } from '../../../../src/pool/memory/memory-curve.ts'
import { monotonic } from '../../../../src/pool/monotonic.ts'
import { temporaryProject } from '../../temporary-project.ts'

const PREAMBLE = `
const { openSync, writeSync } = require('node:fs')
const journal = openSync(process.argv[1], 'a')
const now = () => { const [s, ns] = process.hrtime(); return s * 1e3 + ns / 1e6 }
const write = entry => writeSync(journal, JSON.stringify({ at: now(), ...entry }) + '\\n')
const beat = (inspector = false) => { write({ type: 'beat', inspector }); setTimeout(beat, 20, inspector) }
const answer = () => process.send({ type: 'stopped', mine: true })
const stay = () => setInterval(() => {}, 1000)
write({ type: 'began', pid: process.pid, rss: 50_000_000 })
`

export async function live(script: string): Promise<Life> {
  const path = join(temporaryProject(), 'journal')
  const child = spawn(process.execPath, ['-e', `${PREAMBLE};process.send('up');${script}`, path], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const stderr = tailOf(child.stderr)
  const gone = exitOf(child).then((exit): Gone => ({ ...exit, strays: [], stderr: stderr(), oomKills: null }))
  const began = monotonic()
  const memory = memoryCurve()
  await once(child, 'message')
  return {
    process: child,
    began,
    journal: readJournal(path),
    gone,
    isEnding: false,
    ended: null,
    memory,
    sampled: rss => memory.add({ ms: Math.round(monotonic() - began), rss }),
    send: message => child.connected && child.send(message as object, () => {}),
    end: () => endProcess(child, gone),
    output: forwardOutput(child, new PassThrough().resume(), new PassThrough().resume()),
  }
}
