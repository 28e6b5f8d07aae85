import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const module = fileURLToPath(new URL('../../src/find/has-forked.ts', import.meta.url))

/** In a process of its own, because this one has started others. */
async function run(script: string): Promise<unknown> {
  const source = `import { hasForked } from ${JSON.stringify(module)}\n${script}`
  const args = ['--no-warnings', '--experimental-strip-types', '--input-type=module', '-e', source]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout)
}

test('a process that has started none is known to have started none', async () => {
  expect(await run('console.log(hasForked())')).toBe(false)
})

test('a child that runs is seen, and one that has ended', async () => {
  const script = `
    import { spawn } from 'node:child_process'
    import { once } from 'node:events'
    const child = spawn('sleep', ['60'])
    const running = hasForked()
    child.kill('SIGKILL')
    await once(child, 'exit')
    console.log(JSON.stringify({ running, ended: hasForked() }))`
  expect(await run(script)).toEqual({ running: true, ended: true })
})

test('what another thread has started is seen while it runs, and when the thread is gone', async () => {
  const script = `
    import { Worker } from 'node:worker_threads'
    import { once } from 'node:events'
    const source = \`
      import { spawn } from 'node:child_process'
      import { parentPort } from 'node:worker_threads'
      parentPort.postMessage(spawn('sleep', ['60']).pid)
      parentPort.once('message', () => {})\`
    const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(source)))
    const [child] = await once(worker, 'message')
    const running = hasForked()
    await worker.terminate()
    const gone = hasForked()
    process.kill(child, 'SIGKILL')
    console.log(JSON.stringify({ running, gone }))`
  expect(await run(script)).toEqual({ running: true, gone: true })
})

test('a process that was waited for at once is seen', async () => {
  const script = `
    import { spawnSync } from 'node:child_process'
    spawnSync('true')
    console.log(hasForked())`
  expect(await run(script)).toBe(true)
})
