/**
 * Where a worker was when it did not go on, or ended itself, out of whatever is known: a sentence for a message, frames
 * for a stack, and the place that Vitest shows the code of.
 *
 *     const { words, frames, at } = whereabouts({ kind: 'place', place }, root)
 *     // 'It was in Lua (fengari), lua/rules.lua:12:1.'
 *     // ['    at spin (/abs/lua/rules.lua:12:1)', '    at /abs/test/rules.test.ts:5:7', ...]
 */
import type { BlockedPlace, RunningLua } from '../../protocol/blocked-place.ts'
import type { Place } from '../../protocol/finding.ts'
import { placeText } from '../../protocol/place-text.ts'
import { readFrame } from '../../read-frame.ts'
import { relativeTo } from '../../relative-to.ts'
import { luaFileOf, luaFrameLine } from './lua-frame-line.ts'

export type Known =
  /** What the worker said when it was asked. */
  | { readonly kind: 'place'; readonly place: BlockedPlace }
  /** Its last entry in the journal was `call-began` or `ending`. */
  | { readonly kind: 'call' | 'ending'; readonly call: string; readonly stack: string }
  /** `stuck-in-lua`: what its watch thread wrote. */
  | { readonly kind: 'stuck'; readonly lua: RunningLua }
  | { readonly kind: 'nothing' }

export interface Whereabouts {
  /** One sentence. */
  readonly words: string
  /** Lines of an error's stack, innermost first. */
  readonly frames: readonly string[]
  /** The innermost line of a file of the project; null where none is known. */
  readonly at: Place | null
  /** Absolute paths of those that have a frame. */
  readonly luaFiles: readonly string[]
}

/** @param root to which files are relative in words */
export function whereabouts(known: Known, root: string): Whereabouts {
  const frames = framesOf(known)
  const at = firstPlace(frames)
  const where = at === null ? null : placeText({ ...at, file: relativeTo(root, at.file) })
  return { words: `It ${wordsOf(known, frames, where)}.`, frames, at, luaFiles: luaFilesOf(known) }
}

function framesOf(known: Known): string[] {
  switch (known.kind) {
    case 'place': {
      const { stack, lua, aboveLua } = known.place
      const js = linesOf(stack)
      const between = lua.flatMap(({ frames }) => frames.map(luaFrameLine))
      return [...js.slice(0, aboveLua), ...between, ...js.slice(aboveLua)]
    }
    case 'call':
    case 'ending':
      return linesOf(known.stack)
    case 'stuck':
      return known.lua.frames.map(luaFrameLine)
    case 'nothing':
      return []
  }
}

function luaFilesOf(known: Known): string[] {
  const lua = known.kind === 'place' ? known.place.lua : known.kind === 'stuck' ? [known.lua] : []
  const files = lua.flatMap(({ frames }) => frames.map(({ chunk }) => luaFileOf(chunk)))
  return [...new Set(files.filter(file => file !== undefined))]
}

function wordsOf(known: Known, frames: readonly string[], where: string | null): string {
  const after = where === null ? '' : `, ${where}`
  switch (known.kind) {
    case 'place': {
      const { lua, aboveLua } = known.place
      const [inner] = lua
      if (inner !== undefined && aboveLua === 0) return `was in Lua ${luaWords(inner, where)}`
      const name = nameOf(frames[0])
      if (name !== undefined) return `was in ${name}${after}`
      return where === null ? IN_NOTHING : `was at ${where}`
    }
    case 'call':
      return `was in ${known.call}${after}`
    case 'ending':
      return `had called ${known.call}${after}`
    case 'stuck':
      return `was in Lua ${luaWords(known.lua, where)}`
    case 'nothing':
      return OUT_OF_SIGHT
  }
}

/** A chunk that is no file is no place that Vitest could show: it is named, with the line of JavaScript that called it. */
function luaWords({ runtime, frames }: RunningLua, where: string | null): string {
  const [inner] = frames
  if (inner === undefined || luaFileOf(inner.chunk) !== undefined) {
    return where === null ? `(${runtime})` : `(${runtime}), ${where}`
  }
  const chunk = `(${runtime}), ${inner.chunk}${inner.line > 0 ? `:${inner.line}` : ''}`
  return where === null ? chunk : `${chunk}, called from ${where}`
}

const IN_NOTHING =
  'was in no function of the project: a chain of promises, ticks or immediates may have no end'

const OUT_OF_SIGHT =
  'could not be asked where it was: it was in a native call, or listens to SIGUSR1, or was started with --disable-sigusr1'

/** Undefined where a function has no name. */
function nameOf(frame = ''): string | undefined {
  return /^\s*at (?:async )?(.+?) \(/.exec(frame)?.[1]
}

function linesOf(stack: string): string[] {
  return stack === '' ? [] : stack.split('\n')
}

/** Of the project itself, if it had any part in it. */
function firstPlace(frames: readonly string[]): Place | null {
  const places = frames.map(readFrame).filter(place => place !== null)
  return places.find(({ file }) => !/[\\/]node_modules[\\/]/.test(file)) ?? places[0] ?? null
}
