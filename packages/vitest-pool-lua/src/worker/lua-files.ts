/** The Lua files that the states of a file have loaded: those of a worker that dies are known by its journal. */
import type { FileGuards } from './open-guards.ts'
import type { Journal } from './journal.ts'

type States = Pick<FileGuards, 'states'>

/** Absolute paths, in alphabetical order. */
export function luaFilesOf({ states }: States): string[] {
  return [...new Set(states.flatMap(({ loadedFiles }) => [...loadedFiles]))].toSorted()
}

/** @returns what tells the journal of files that it does not know yet */
export function journalLuaFiles(journal: Pick<Journal, 'write'>): (guards: States | undefined) => void {
  let known = 0
  const told = new Set<string>()
  return guards => {
    const loaded = (guards?.states ?? []).reduce((sum, { loadedFiles }) => sum + loadedFiles.size, 0)
    if (guards === undefined || loaded === known) return
    known = loaded
    const files = luaFilesOf(guards).filter(file => !told.has(file))
    for (const file of files) told.add(file)
    if (files.length > 0) journal.write({ type: 'lua-loaded', files })
  }
}
