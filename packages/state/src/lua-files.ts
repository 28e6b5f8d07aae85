/**
 * Files of Lua: where `require` finds them, and their bytes. A first line that begins with `#` is skipped, its
 * newline stays, so that lines keep their numbers; a byte order mark goes.
 */
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { systemMessage } from './system-message.ts'

const hash = '#'.codePointAt(0)
const newline = '\n'.codePointAt(0) as number

export type LuaSource = { absolute: string; bytes: Uint8Array } | { message: string }

export function readLuaFile(file: string): LuaSource {
  const absolute = path.resolve(file)
  try {
    return { absolute, bytes: withoutFirstLine(readFileSync(absolute)) }
  } catch (error) {
    return { message: `cannot open ${file}: ${systemMessage(error)} (tried ${absolute})` }
  }
}

/** The first file that is there, by the patterns of `package.path`; else the lines for `require`'s message. */
export function findLuaFile(module: string, patterns: string): { found: string | undefined; tried: string } {
  const file = module.replaceAll('.', path.sep)
  const candidates = patterns
    .split(';')
    .filter(Boolean)
    .map(pattern => path.resolve(pattern.replaceAll('?', file)))
  const found = candidates.find(isFile)
  return { found, tried: candidates.map(candidate => `\n\tno file '${candidate}'`).join('') }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}

function withoutFirstLine(bytes: Uint8Array): Uint8Array {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const text = marked ? bytes.subarray(3) : bytes
  if (text[0] !== hash) return text
  const end = text.indexOf(newline)
  return end === -1 ? new Uint8Array(0) : text.subarray(end)
}
