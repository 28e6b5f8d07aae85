/**
 * Installs the packed packages beside each supported Vitest, as a user would:
 * into a folder outside of the workspace, whose path has a space.
 *
 * Run once before all project tests; a second run with the same tarballs finds
 * its beds made.
 */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { BARE, SUPPORTED, VITEST_3 } from './vitests.ts'
import type { Bed } from './vitests.ts'

const ARTIFACTS = fileURLToPath(new URL('../../../../artifacts', import.meta.url))
const BEDS = join(tmpdir(), 'vitest-pool-lua beds')

declare module 'vitest' {
  interface ProvidedContext {
    /** The folders of the beds by name. */
    beds: Record<string, string>
  }
}

export async function setup(project: TestProject): Promise<void> {
  const tarballs = readdirSync(ARTIFACTS)
    .filter(file => file.endsWith('.tgz'))
    .map(file => join(ARTIFACTS, file))
  if (tarballs.length === 0) throw new Error('artifacts/ has no tarballs: run `npm run pack` first')
  const beds: Record<string, string> = {}
  // One after the other: npm's cache is shared, and the machine is small.
  for (const bed of [...SUPPORTED, BARE, VITEST_3]) beds[bed.name] = await install(bed, tarballs)
  project.provide('beds', beds)
}

async function install(bed: Bed, tarballs: readonly string[]): Promise<string> {
  const folder = join(BEDS, bed.name)
  const stamp = join(folder, 'installed')
  const wanted = fingerprint(bed, tarballs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--legacy-peer-deps', '--prefer-offline']
  await promisify(execFile)('npm', ['install', ...quiet, ...bed.packages, ...tarballs], { cwd: folder })
  for (const path of bed.without ?? []) rmSync(join(folder, 'node_modules', path), { recursive: true })
  writeFileSync(stamp, wanted)
  return folder
}

function fingerprint(bed: Bed, tarballs: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(bed))
  for (const tarball of tarballs) hash.update(readFileSync(tarball))
  return hash.digest('hex')
}
