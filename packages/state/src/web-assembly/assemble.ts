/**
 * Makes a small module of WebAssembly, for what JS can't do by itself: give one of its functions an address (only an
 * import that a module exports again has one), convert between kinds of integers without BigInts, and use much stack.
 *
 * https://webassembly.github.io/spec/core/binary/modules.html
 */

type ValueType = 'i32' | 'i64' | 'f64'

export interface Signature {
  readonly params: readonly ValueType[]
  readonly result?: ValueType
}

interface ModuleParts {
  /** They lie in `js`. */
  readonly imports: Readonly<Record<string, Signature>>
  readonly definitions?: Readonly<Record<string, Definition>>
  /** One page of it. */
  readonly memory?: boolean
}

/** `code` is given what makes the call of an import. */
interface Definition {
  readonly signature: Signature
  readonly code: (call: (name: string) => readonly number[]) => readonly number[]
}

export const instructions = {
  get: (local: number) => [0x20, local],
  zero: [0x41, 0x00],
  returnUnless: (local: number) => [0x20, local, 0x45, 0x04, 0x40, 0x0f, 0x0b],
  i64FromI32: [0xac],
  /** Truncates, and never traps. */
  i64FromF64: [0xfc, 0x06],
  i32FromI64: [0xa7],
  storeNumber: [0x36, 0x02, 0x00],
  loadVector: (offset: number) => [0xfd, 0x00, 0x04, ...unsigned(offset)],
  xorVectors: [0xfd, 0x51],
  isAnyTrue: [0xfd, 0x53],
} as const

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const sections = { types: 1, imports: 2, functions: 3, memory: 5, exports: 7, codes: 10 } as const
const valueTypes: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f64: 0x7c }
const callInstruction = 0x10
const functionKind = 0x00
const noLocals = 0x00
const end = 0x0b
const onePage = [0x00, 0x01]

/** All imports and definitions are exported by their names. */
export function assemble({ imports, definitions = {}, memory = false }: ModuleParts): Uint8Array {
  const imported = Object.keys(imports)
  const exported = [...imported, ...Object.keys(definitions)]
  const defined = Object.values(definitions)
  const signatures = [...Object.values(imports), ...defined.map(({ signature }) => signature)]
  const call = (name: string) => [callInstruction, unsigned(imported.indexOf(name))].flat()
  const bodies = defined.map(({ code }) => sized([noLocals, ...code(call), end]))
  return Uint8Array.from([
    ...header,
    ...section(sections.types, signatures.map(functionType)),
    ...section(sections.imports, imported.map(importEntry)),
    ...section(
      sections.functions,
      defined.map((_, index) => unsigned(imported.length + index)),
    ),
    ...(memory ? section(sections.memory, [onePage]) : []),
    ...section(sections.exports, exported.map(exportEntry)),
    ...section(sections.codes, bodies),
  ])
}

/** Each function has a type of its own. */
function importEntry(name: string, type: number): number[] {
  return [...text('js'), ...text(name), functionKind, ...unsigned(type)]
}

function exportEntry(name: string, index: number): number[] {
  return [...text(name), functionKind, ...unsigned(index)]
}

function functionType({ params, result }: Signature): number[] {
  const results = result === undefined ? [] : [valueTypes[result]]
  return [0x60, ...sized(params.map(type => valueTypes[type])), ...sized(results)]
}

function section(id: number, entries: readonly (readonly number[])[]): number[] {
  return [id, ...sized([...unsigned(entries.length), ...entries.flat()])]
}

function text(name: string): number[] {
  return sized([...Buffer.from(name)])
}

function sized(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes]
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}
