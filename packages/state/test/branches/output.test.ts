import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { parentScript } from './parent-script.ts'
import { hangs, need } from './runtimes.ts'

test.for(['fengari', 'wasmoon', 'luajit', 'lua5.4'] as const)(
  '%s: what branches print is whole',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const folder = mkdtempSync(path.join(tmpdir(), 'branches-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const chunk =
      'io.stdout:setvbuf("full") for line = 1, 20000 do print(line) end io.write("the end") io.stderr:write("an error\\n")'
    const code = `await branches(2, ${JSON.stringify({ runtime, chunk })})`
    const run = promisify(execFile)
    const { stdout, stderr } = await run(process.execPath, parentScript(folder, code))
    expect(stdout.match(/\d+\n/g)).toHaveLength(40_000)
    expect(stdout.match(/the end/g)).toHaveLength(2)
    expect(stderr.match(/an error\n/g)).toHaveLength(2)
  },
)
