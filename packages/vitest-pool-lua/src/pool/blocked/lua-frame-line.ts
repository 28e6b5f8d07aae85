/** A frame of Lua as a line of an error's stack: for a file so that Vitest shows its code, as errors of Lua do. */
import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { LuaFrame } from '../../protocol/journal.ts'

export function luaFrameLine({ chunk, line, name }: LuaFrame): string {
  const file = luaFileOf(chunk)
  const title = name ?? 'function'
  return file === undefined
    ? `    at ${title} (${chunk}, line ${line})`
    : `    at ${title} (${file}:${Math.max(line, 1)}:1)`
}

/** A chunk may bear the name of a file as it was found, `lua/rules.lua`, and any other text. */
export function luaFileOf(chunk: string): string | undefined {
  if (isAbsolute(chunk)) return chunk
  const file = resolve(chunk)
  return !chunk.startsWith('[') && existsSync(file) ? file : undefined
}
