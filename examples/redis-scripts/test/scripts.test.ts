import { describe, expect } from 'vitest'
import { commands } from '../src/store/in-memory-redis.ts'
import { scripts } from '../src/bullmq-scripts.ts'
import { test } from './redis-test.ts'

test('BullMQ ships dozens of scripts', () => {
  expect(scripts.size).toBeGreaterThan(50)
})

describe('every script that BullMQ ships compiles', () => {
  test.for([...scripts.values()])('$name', ({ name, content }, { lua }) => {
    expect(lua.compile(content, { name })).toBeTypeOf('function')
  })
})

test('every command that a script calls by name is one that the store has', () => {
  const called = [...scripts.values()].flatMap(({ content }) =>
    Array.from(content.matchAll(/(?:rcall|redis\.p?call)\(\s*["']([A-Za-z]+)["']/g), match => match[1]),
  )
  expect(called.filter(name => name !== undefined && !(name.toUpperCase() in commands))).toEqual([])
})
