/**
 * Installs the packed packages beside a Vitest, as a user would: into a folder outside of the workspace, whose path
 * has a space.
 *
 *     const folder = await installBed(bed, packedTarballs())
 *
 * A second time with the same tarballs it finds the bed made.
 */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Bed } from './vitests.ts'

const ARTIFACTS = fileURLToPath(new URL('../../../artifacts', import.meta.url))
const PNPM = fileURLToPath(new URL('../../../node_modules/.bin/pnpm', import.meta.url))
const BEDS = join(tmpdir(), 'vitest-pool-lua beds')

export function packedTarballs(): readonly string[] {
  const files = existsSync(ARTIFACTS) ? readdirSync(ARTIFACTS) : []
  const tarballs = files.filter(file => file.endsWith('.tgz')).map(file => join(ARTIFACTS, file))
  if (tarballs.length === 0) throw new Error('artifacts/ has no tarballs: run `npm run pack` first')
  return tarballs
}

/** One after the other: npm's cache is shared, and the machine may be small. */
export async function installBed(bed: Bed, tarballs: readonly string[]): Promise<string> {
  const folder = join(BEDS, bed.name)
  const stamp = join(folder, 'installed')
  const wanted = fingerprint(bed, tarballs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await (bed.installer === 'pnpm' ? installByPnpm : installByNpm)(folder, bed.packages, tarballs)
  for (const path of bed.without ?? []) rmSync(join(folder, 'node_modules', path), { recursive: true })
  writeFileSync(stamp, wanted)
  return folder
}

async function installByNpm(folder: string, packages: readonly string[], tarballs: readonly string[]) {
  writeManifest(folder, {})
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--legacy-peer-deps', '--prefer-offline']
  await promisify(execFile)('npm', ['install', ...quiet, ...packages, ...tarballs], { cwd: folder })
}

/** What the packages need of each other would come from the registry, if nothing overrode it. */
async function installByPnpm(folder: string, packages: readonly string[], tarballs: readonly string[]) {
  const own = new Map(tarballs.map(path => [nameOf(path), `file:${path}`]))
  writeManifest(folder, { pnpm: { overrides: Object.fromEntries(own) } })
  const tarball = own.get('vitest-pool-lua') ?? ''
  await promisify(execFile)(PNPM, ['add', '--prefer-offline', ...packages, tarball], { cwd: folder })
}

function writeManifest(folder: string, more: object): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', ...more }))
}

/** As `npm pack` writes scopes: vitest-pool-lua-state-0.1.0.tgz is @vitest-pool-lua/state. */
function nameOf(tarball: string): string {
  const [, name = ''] = /([^/\\]+)-\d+\.\d+\.\d+\.tgz$/.exec(tarball) ?? []
  return name === 'vitest-pool-lua' ? name : name.replace(/^vitest-pool-lua-/, '@vitest-pool-lua/')
}

function fingerprint(bed: Bed, tarballs: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(bed))
  for (const tarball of tarballs) hash.update(readFileSync(tarball))
  return hash.digest('hex')
}
