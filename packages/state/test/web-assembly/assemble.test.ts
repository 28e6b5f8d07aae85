import { expect, test } from 'vitest'
import { assemble, instructions } from '../../src/web-assembly/assemble.ts'
import { WebAssembly } from '../../src/web-assembly/web-assembly.ts'

type Exports = Record<string, (...args: unknown[]) => unknown>

function start(bytes: Uint8Array, js: object): Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { js }).exports as Exports
}

test('imports come out as functions of WebAssembly', () => {
  const bytes = assemble({ imports: { add: { params: ['i32', 'f64'], result: 'f64' } } })
  const { add } = start(bytes, { add: (a: number, b: number) => a + b })
  expect(add?.(1.9, 2.5)).toBe(3.5)
})

test('definitions call imports, and convert numbers to the integers of 64 bits that they take', () => {
  const { get, i64FromF64 } = instructions
  const bytes = assemble({
    imports: { first: { params: [] }, keep: { params: ['i32', 'i64'] } },
    definitions: {
      push: {
        signature: { params: ['i32', 'f64'] },
        code: call => [...get(0), ...get(1), ...i64FromF64, ...call('keep')],
      },
    },
  })
  const kept: unknown[] = []
  const { push } = start(bytes, { first: () => {}, keep: (...args: unknown[]) => kept.push(args) })
  push?.(7, 2 ** 53)
  push?.(8, -1)
  expect(kept).toEqual([
    [7, 2n ** 53n],
    [8, -1n],
  ])
})
