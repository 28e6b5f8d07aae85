/**
 * Why the matrix cannot run on this machine; undefined where it can: some of its deaths need Linux with glibc, and
 * LuaJIT.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { MadeBed } from '@vitest-pool-lua/beds'

const OPEN = `
  import { openLua } from '@vitest-pool-lua/state'
  await openLua('luajit').catch(error => console.log(error.message))`

export async function reasonMissing({ folder }: MadeBed): Promise<string | undefined> {
  if (!hasGlibc()) return 'the matrix needs Linux with glibc: a native stack overflow is one of its regcomp'
  const args = ['--input-type=module', '--eval', OPEN]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder })
  return stdout === '' ? undefined : stdout.trim()
}

function hasGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return process.platform === 'linux' && header.glibcVersionRuntime !== undefined
}
