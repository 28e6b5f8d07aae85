/**
 * A real PostgreSQL of a test's own, where the machine has one.
 *
 *     const programs = findPostgres()
 *     const postgres = await startPostgres(programs)
 *     postgres.port    // anybody may connect, as 'tests', to the database 'postgres'
 *
 * It refuses to run as root: then it is started as the user that comes with it. Its folder is removed with the test.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'
import { isListening } from './listening.ts'
import { findProgram, postgresFolders } from './programs.ts'

export interface Postgres {
  readonly initdb: string
  readonly postgres: string
  /** As whom it runs; undefined: as whoever runs the tests. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined
}

/** A text says why this machine has none that could be started. */
export function findPostgres(): Postgres | string {
  const [initdb, postgres] = ['initdb', 'postgres'].map(name => findProgram(name, postgresFolders()))
  if (initdb === undefined || postgres === undefined)
    return 'no PostgreSQL (initdb, postgres) on this machine'
  if (process.getuid?.() !== 0) return { initdb, postgres, user: undefined }
  const user = postgresUser()
  return user === undefined
    ? 'PostgreSQL refuses to run as root, and there is no user postgres'
    : { initdb, postgres, user }
}

export async function startPostgres({
  initdb,
  postgres,
  user,
}: Postgres): Promise<{ readonly port: number }> {
  // Not in the tests' own temporary folder: another user could perhaps not get there.
  const folder = mkdtempSync('/tmp/postgres-')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const options = { ...user, cwd: folder, stdio: 'ignore' } as const
  execFileSync(initdb, ['-D', data, '-U', 'tests', '-A', 'trust', '--no-sync'], options)
  const port = await freePort()
  const server = spawn(
    postgres,
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F'],
    options,
  )
  onTestFinished(async () => {
    server.kill('SIGINT')
    if (server.exitCode === null) await once(server, 'exit')
  })
  await isListening(port)
  return { port }
}

function postgresUser(): Postgres['user'] {
  try {
    const [uid, gid] = ['-u', '-g'].map(flag =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' })),
    )
    return uid === undefined || gid === undefined ? undefined : { uid, gid }
  } catch {
    return undefined
  }
}
