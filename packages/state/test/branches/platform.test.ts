import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { endDescendants } from '../../src/branches/kin.ts'
import { linuxMeter, posixMeter } from '../../src/branches/rss.ts'
import { runningOf, until } from './living.ts'

/** Not the shell that has the same words in its command line. */
const isSleep = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n'

/** Two sleepers with a shell between, below a shell. */
const grow = (tag: string) => spawn('sh', ['-c', `sh -c "sleep ${tag}; true" & sleep ${tag}; true`])

describe.runIf(process.platform === 'linux')('the twins of the platforms', () => {
  test('the resident memory of a process is what /proc and ps say', async () => {
    const bytes = [await linuxMeter.rssOf(process.pid), await posixMeter.rssOf(process.pid)] as [
      number,
      number,
    ]
    const own = process.memoryUsage.rss()
    for (const rss of bytes) expect(Math.abs(rss - own) / own).toBeLessThan(0.5)
  })

  test('a process that is gone has none', async () => {
    const gone = spawn('true')
    await once(gone, 'exit')
    expect(await linuxMeter.rssOf(gone.pid as number)).toBe(undefined)
    expect(await posixMeter.rssOf(gone.pid as number)).toBe(undefined)
  })

  test('without cookies, the descendants of a process end with it, but no other process', async () => {
    const seconds = `42${process.pid}`
    const root = grow(`${seconds}1`)
    grow(`${seconds}2`)
    onTestFinished(() => {
      for (const pid of runningOf(`sleep ${seconds}`)) process.kill(pid, 'SIGKILL')
    })
    await until(() => runningOf(`sleep ${seconds}`).filter(isSleep).length === 4)
    await endDescendants(root.pid as number, '', async () => void root.kill('SIGKILL'))
    await until(() => runningOf(`sleep ${seconds}1`).length === 0)
    expect(runningOf(`sleep ${seconds}2`).filter(isSleep)).toHaveLength(2)
  })
})
