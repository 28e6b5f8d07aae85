/**
 * Whether the stack of JS has room left for a call into Lua.
 *
 *     const ensureRoom = stackGuard()
 *     ensureRoom()
 *
 * Lua runs on the same stack, or calls JS that does. Where the stack ends inside of Lua, Lua's memory is left in
 * disorder, and behind a C API the process ends; so it has to end before.
 *
 * A function of WebAssembly with a large frame tells: the engine looks for room for the whole frame when the function
 * is called, https://github.com/v8/v8/blob/12.4.254/src/wasm/baseline/x64/liftoff-assembler-x64-inl.h
 * (`PatchPrepareStackFrame`), and throws its RangeError "Maximum call stack size exceeded" where there is none. The
 * call does nothing else and takes 3 ns.
 */
import { assemble, instructions } from './web-assembly/assemble.ts'
import { WebAssembly } from './web-assembly/web-assembly.ts'

/**
 * In bytes. A call into Lua takes 12 kB at most before JS runs again, which asks anew. But functions that have not run
 * yet, or not for long, are compiled first, which takes more: 48 kB were enough for all that was tried.
 */
const room = 98_304
const vectorSize = 16

type Guard = () => void

/** Set once. */
const compiled: { guard?: Guard } = {}

/** Gives the function that throws the RangeError. */
export function stackGuard(): Guard {
  compiled.guard ??= compileGuard()
  return compiled.guard
}

/** Without WebAssembly or its vectors nothing is asked. */
function compileGuard(): Guard {
  try {
    const module = new WebAssembly.Module(guardModule())
    const { exports } = new WebAssembly.Instance(module, { js: { nothing: () => {} } })
    const { probe } = exports as { probe: (wanted: number) => void }
    return () => probe(0)
  } catch {
    return () => {}
  }
}

/** The frame holds all vectors that lie on the stack during a call which nobody ever wants. */
function guardModule(): Uint8Array {
  const count = room / vectorSize
  const { returnUnless, zero, loadVector, xorVectors, isAnyTrue, storeNumber } = instructions
  const loads = Array.from({ length: count }, (_value, index) => [...zero, ...loadVector(index * vectorSize)])
  const uses = Array.from({ length: count - 1 }, () => xorVectors)
  return assemble({
    imports: { nothing: { params: [] } },
    memory: true,
    definitions: {
      probe: {
        signature: { params: ['i32'] },
        code: call => [
          ...returnUnless(0),
          ...zero,
          ...loads.flat(),
          ...call('nothing'),
          ...uses.flat(),
          ...isAnyTrue,
          ...storeNumber,
        ],
      },
    },
  })
}
