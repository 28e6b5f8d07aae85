/**
 * A running instance of wasmoon's module. All states live in one: its memory only grows, and an instance for each
 * would cost more than a state. After a `breakdown` whoever opens a state starts another engine.
 */
import { LuaMemoryError } from '../../errors.ts'
import { assemble, type Signature } from '../../web-assembly/assemble.ts'
import { Breakdown } from './breakdown.ts'
import type { EngineContext } from './engine-context.ts'
import { Heap, largestHeap } from './heap.ts'
import type { LuaExports } from './lua-exports.ts'
import { ProtectedCalls } from './protected-calls.ts'
import { OpenFiles } from './system/open-files.ts'
import { systemImports } from './system/system-imports.ts'
import { WebAssembly, type WasmFunction, type WasmModule } from '../../web-assembly/web-assembly.ts'

/** Kept for JS while Lua runs: an allocation of ours must not fail. */
const reserve = 64 * 2 ** 20

/** Called by C: numbers in and out. */
export type CFunction = (...args: number[]) => number | void

export class Engine implements EngineContext {
  readonly exports: LuaExports
  /** The same, for modules that import them. */
  readonly linkable: LuaExports
  readonly heap: Heap
  readonly protectedCalls: ProtectedCalls
  readonly breakdown = new Breakdown(() => this.#files.closeAll())
  /** `enforced` while Lua runs, and not JS. */
  readonly running: { enforced: boolean } = { enforced: false }
  readonly #files = new OpenFiles()
  readonly #constants = new Map<string, number>()
  readonly #mostMemory: number

  /** Throws a `WebAssembly.LinkError` for a module that wants other imports. */
  constructor(module: WasmModule, mostMemory = largestHeap) {
    this.#mostMemory = mostMemory
    this.protectedCalls = new ProtectedCalls(this)
    const imports = this.#imports()
    const instance = new WebAssembly.Instance(module, { env: imports, wasi_snapshot_preview1: imports })
    this.linkable = instance.exports as unknown as LuaExports
    this.exports = this.breakdown.watchAll(this.linkable)
    this.heap = new Heap(this.exports.memory)
    const { emscripten_stack_init: initStack, __wasm_call_ctors: construct } = this.exports
    initStack()
    construct()
  }

  /** Gives functions of JS addresses, at which C can call them. */
  addFunctions<Name extends string>(
    functions: Record<Name, readonly [Signature, CFunction]>,
  ): Record<Name, number> {
    const { __indirect_function_table: table } = this.exports
    const names = Object.keys(functions) as Name[]
    const signatures = Object.fromEntries(names.map(name => [name, functions[name][0]]))
    const js = Object.fromEntries(names.map(name => [name, functions[name][1]]))
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemble({ imports: signatures })), {
      js,
    })
    const first = table.grow(names.length)
    for (const [index, name] of names.entries()) table.set(first + index, exports[name])
    return Object.fromEntries(names.map((name, index) => [name, first + index])) as Record<Name, number>
  }

  functionAt(address: number): WasmFunction {
    const { __indirect_function_table: table } = this.exports
    return table.get(address) as WasmFunction
  }

  allocate(size: number): number {
    const address = this.exports.malloc(size)
    if (address === 0) throw new LuaMemoryError('not enough memory')
    return address
  }

  /** A copy of the bytes, followed by NUL. */
  allocateBytes(bytes: Uint8Array): number {
    const address = this.allocate(bytes.length + 1)
    this.heap.bytes.set(bytes, address)
    this.heap.bytes[address + bytes.length] = 0
    return address
  }

  pushText(L: number, text: string): void {
    const bytes = Buffer.from(text)
    const address = this.allocateBytes(bytes)
    this.exports.lua_pushlstring(L, address, bytes.length)
    this.exports.free(address)
  }

  /** The same for text that is pushed again and again. */
  pushConstant(L: number, text: string): void {
    let address = this.#constants.get(text)
    if (address === undefined) {
      address = this.allocateBytes(Buffer.from(text))
      this.#constants.set(text, address)
    }
    this.exports.lua_pushstring(L, address)
  }

  #imports(): Record<string, unknown> {
    return {
      ...systemImports(this, this.#files),
      invoke_vii: this.protectedCalls.invoke,
      _emscripten_throw_longjmp: this.protectedCalls.jump,
      emscripten_resize_heap: (size: number) => Number(this.#grow(size >>> 0)),
      abort: () => {
        throw this.breakdown.because(new Error('abort was called'))
      },
      exit: (code: number) => {
        throw this.breakdown.because(new Error(`exit(${code}) was called`))
      },
    }
  }

  #grow(size: number): boolean {
    return this.heap.growTo(size, this.running.enforced ? this.#mostMemory - reserve : this.#mostMemory)
  }
}
