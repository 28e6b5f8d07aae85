/** The one door to WebAssembly, whose types TypeScript has with those of browsers only: what we use of it. */

/** Compiled. */
export interface WasmModule {
  readonly wasmModule?: never
}

export type WasmFunction = (...args: number[]) => number

export interface WasmMemoryObject {
  readonly buffer: ArrayBuffer
  /** By pages of 64 KiB. Throws a RangeError where there is no room. */
  grow(pages: number): number
}

export interface WasmTable {
  /** Gives the first new index. */
  grow(count: number): number
  get(index: number): WasmFunction | null
  set(index: number, value: unknown): void
}

interface WebAssemblyNamespace {
  compile(bytes: Uint8Array): Promise<WasmModule>
  Module: {
    new (bytes: Uint8Array): WasmModule
    exports(module: WasmModule): { name: string }[]
  }
  Instance: new (
    module: WasmModule,
    imports: Record<string, object>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
  LinkError: new () => Error
  RuntimeError: new () => Error
}

export const WebAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyNamespace }).WebAssembly
