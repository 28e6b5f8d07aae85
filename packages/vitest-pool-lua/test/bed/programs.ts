/** Programs of this machine that tests need, and what is said where one is missing. */
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where a program is: on the PATH, or in one of these folders. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  const all = [...(process.env['PATH'] ?? '').split(delimiter), ...folders]
  return all.map(folder => join(folder, name)).find(file => existsSync(file))
}

/** Debian has PostgreSQL's programs in a folder for each version, and links only some of them. */
export function postgresFolders(): string[] {
  const root = '/usr/lib/postgresql'
  return existsSync(root) ? readdirSync(root).map(version => join(root, version, 'bin')) : []
}
