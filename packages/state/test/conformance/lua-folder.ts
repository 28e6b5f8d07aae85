/** The Lua files that rows load. */
import path from 'node:path'

export const luaFolder = path.join(import.meta.dirname, 'lua')

export function luaFile(name: string): string {
  return path.join(luaFolder, name)
}
