/**
 * Sees files being opened by `fs.open`, `fs.openSync` and `fs.promises.open`, whoever calls them and however they
 * were imported.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import type { Below, Opening } from './opening.ts'
import { pathText } from './path-text.ts'

export interface FsOpens {
  /** A call has begun. */
  began(this: void, below: Below): Opening
  descriptor(this: void, fd: number, path: string, opening: Opening): void
  handle(this: void, handle: object, path: string, opening: Opening): void
}

type Call = (this: unknown, ...args: unknown[]) => unknown

/** @returns puts them back */
export function watchFsOpens({ began, descriptor, handle }: FsOpens): () => void {
  let watching = true
  const undo = [
    replace(fs, 'openSync', original => {
      return function openSync(this: unknown, ...args) {
        const fd = original.apply(this, args)
        if (watching && typeof fd === 'number') descriptor(fd, pathText(args[0]), began(openSync))
        return fd
      }
    }),
    replace(fs, 'open', original => {
      return function open(this: unknown, ...args) {
        const done = args.at(-1)
        if (!watching || typeof done !== 'function') return original.apply(this, args)
        const opening = began(open)
        const noticing: Call = function opened(this: unknown, ...results) {
          if (typeof results[1] === 'number') descriptor(results[1], pathText(args[0]), opening)
          return Reflect.apply(done, this, results)
        }
        return original.apply(this, [...args.slice(0, -1), noticing])
      }
    }),
    replace(fs.promises, 'open', original => {
      return async function open(this: unknown, ...args: unknown[]) {
        if (!watching) return original.apply(this, args)
        const opening = began(open)
        const opened = await original.apply(this, args)
        if (typeof opened === 'object' && opened !== null) handle(opened, pathText(args[0]), opening)
        return opened
      }
    }),
  ]
  syncBuiltinESMExports()
  return () => {
    // What ES modules have imported by name stays and only passes on: to sync them again takes 0.1 ms of every file.
    watching = false
    for (const put of undo) put()
  }
}

function replace(holder: object, name: string, wrapped: (original: Call) => Call): () => void {
  const original: unknown = Reflect.get(holder, name)
  if (typeof original !== 'function') return () => undefined
  const put = wrapped(original as Call)
  Object.defineProperty(put, 'length', { value: original.length, configurable: true })
  if (!Reflect.set(holder, name, put)) return () => undefined
  return () => void (Reflect.get(holder, name) === put && Reflect.set(holder, name, original))
}
