/**
 * Where a worker was when it did not go on, or ended itself, out of whatever is known: a sentence for a message, frames
 * for a stack, and the place that Vitest shows the code of.
 *
 *     const { words, frames, at } = whereabouts({ kind: 'place', place })
 *     // 'It was in function spin of Lua (fengari), /abs/rules.lua:12.'
 *     // ['    at spin (/abs/rules.lua:12:1)', '    at /abs/test/rules.test.ts:5:7', ...]
 */
import type { BlockedPlace, RunningLua } from '../../protocol/blocked-place.ts'
import type { Place } from '../../protocol/finding.ts'
import { placeText } from '../../protocol/place-text.ts'
import { readFrame } from '../../read-frame.ts'
import { luaFrameLine } from './lua-frame-line.ts'

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
  /** The first line of a file; null where none is known. */
  readonly at: Place | null
}

export function whereabouts(known: Known): Whereabouts {
  const frames = framesOf(known)
  const at = firstPlace(frames)
  return { words: wordsOf(known, frames, at), frames, at }
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

function wordsOf(known: Known, frames: readonly string[], at: Place | null): string {
  const where = at === null ? '' : `, ${placeText(at)}`
  switch (known.kind) {
    case 'place': {
      const { lua, aboveLua } = known.place
      const [inner] = lua
      if (inner !== undefined && aboveLua === 0) return `It was in Lua (${inner.runtime})${where}.`
      return at === null ? NOTHING_OF_THE_USER : `It was in ${nameOf(frames[0])}${where}.`
    }
    case 'call':
      return `It was in ${known.call}${where}.`
    case 'ending':
      return `It had called ${known.call}${where}.`
    case 'stuck':
      return `It was in Lua (${known.lua.runtime})${where}.`
    case 'nothing':
      return NOBODY_COULD_LOOK
  }
}

const NOTHING_OF_THE_USER =
  'It was in no function of its own: a chain of promises, ticks or immediates may have no end.'

const NOBODY_COULD_LOOK =
  'Where it was could not be seen: in a native call that does not return, or in a program that listens to SIGUSR1 or was started with --disable-sigusr1.'

/** `JavaScript` where a function has no name. */
function nameOf(frame = ''): string {
  const [, name] = /^\s*at (?:async )?(.+?) \(/.exec(frame) ?? []
  return name ?? 'JavaScript'
}

function linesOf(stack: string): string[] {
  return stack === '' ? [] : stack.split('\n')
}

function firstPlace(frames: readonly string[]): Place | null {
  return frames.map(readFrame).find(place => place !== null) ?? null
}
