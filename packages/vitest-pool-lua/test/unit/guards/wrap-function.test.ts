import { describe, expect, test } from 'vitest'
import { wrapFunction } from '../../../src/guards/wrap-function.ts'

describe('a wrapped function', () => {
  test('has the name, the length and the properties of the one that it wraps, and looks like it', () => {
    const tool = { cut: Object.assign(function cut(_what: string, _how: string) {}, { sharp: true }) }
    const { cut } = tool
    wrapFunction(tool, 'cut', run => run())
    expect(tool.cut).not.toBe(cut)
    expect([tool.cut.name, tool.cut.length, tool.cut.sharp]).toEqual(['cut', 2, true])
    expect(Object.keys(tool)).toEqual(['cut'])
  })

  test('passes on this, arguments, result and errors', () => {
    const failure = new Error('broken')
    const counter = {
      count: 1,
      add(more: number) {
        if (more < 0) throw failure
        return (this.count += more)
      },
    }
    const seen: unknown[] = []
    wrapFunction(counter, 'add', (run, args) => {
      seen.push(args)
      return run()
    })
    expect(counter.add(2)).toBe(3)
    expect(() => counter.add(-1)).toThrow(failure)
    expect(seen).toEqual([[2], [-1]])
  })

  test('stays not enumerable where it was not', () => {
    const owner = Object.defineProperty({}, 'hidden', { value: () => 1, configurable: true, writable: false })
    const putBack = wrapFunction(owner, 'hidden', run => run())
    expect(Object.getOwnPropertyDescriptor(owner, 'hidden')).toMatchObject({
      enumerable: false,
      writable: false,
    })
    putBack()
    expect(Object.getOwnPropertyDescriptor(owner, 'hidden')).toMatchObject({
      enumerable: false,
      writable: false,
    })
  })

  test('that somebody else has wrapped since is left there, and only passes on', () => {
    const owner = { speak: () => 'a' }
    const heard: string[] = []
    const putBack = wrapFunction(owner, 'speak', run => {
      heard.push('one')
      return run()
    })
    const ours = owner.speak
    const theirs = (): string => `${ours()}!`
    owner.speak = theirs
    putBack()
    expect(owner.speak).toBe(theirs)
    expect(owner.speak()).toBe('a!')
    expect(heard).toEqual([])
  })
})

test('what is not there, or cannot be replaced, is left as it is', () => {
  const owner = Object.freeze({ speak: () => 'a' })
  const { speak } = owner
  wrapFunction(owner, 'speak', () => 'b')()
  wrapFunction(owner, 'shout', () => 'b')()
  expect(owner).toEqual({ speak })
})
