/**
 * Brings the workspace from a fresh clone to where everything runs. It needs
 * Node.js 20 and npm, and is quick when there is nothing to do.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { must, pnpmVersion, root } from './workspace.mjs'

const stamp = join(root, 'node_modules', '.set-up')

export function setUp() {
  install()
  build()
}

function install() {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  must('npx', ['--yes', pnpmVersion(), 'install', '--frozen-lockfile'])
  writeFileSync(stamp, wanted)
}

/** What an installation follows from: the lockfile names every package.json. */
function fingerprint() {
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
