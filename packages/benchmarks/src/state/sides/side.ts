/**
 * A side is one way to use a Lua runtime from JavaScript. All of them do the same work, so that only the way
 * differs: `state` is @vitest-pool-lua/state, `by hand` is Lua's C API called through the same binding and no
 * more than the work needs, `own API` is the API that the binding itself offers.
 *
 *     const lua = await side.open()
 *     lua.border().addNumbers(1_000)
 *     lua.close()
 */
export type SideName = 'state' | 'by hand' | 'own API'

export interface Side {
  readonly name: SideName
  /** A new Lua with its standard libraries. */
  open(): OpenLua | Promise<OpenLua>
}

export interface OpenLua {
  /** Compiles a chunk that returns a function without parameters, which gives a number. */
  compile(chunk: string): () => unknown
  /** Defines what the works of the border need. */
  border(): Border
  close(): void
}

/** What passes between the languages. Each work gives a number that must be the same on every side. */
export interface Border {
  /** Calls `add(i, 2)` so often, from JS; the sum of what it gives. */
  addNumbers(times: number): number
  /** Passes a text to Lua and gets it back so often; the length of all. */
  echoText(times: number): number
  /** Lua calls `i => i + 1` of JS so often; the sum. */
  callBack(times: number): number
  /** Lua passes a text to JS and gets it back so often; the length of all. */
  callBackWithText(times: number): number
  /** Reads all entries of a live list of 10,000 numbers; the sum of keys and values. */
  sumList(): number
  /** Reads all entries of a live table with 10,000 texts as keys; the sum of lengths and values. */
  sumKeys(): number
  /** Makes a plain object a Lua table, and reads its `key1`. */
  passObject(object: Readonly<Record<string, number>>): number
}

export const someText = 'a potion of haste'

/** The Lua of the border. Each chunk returns a function or a table; `callback` is a global. */
export const chunks = {
  add: 'return function(a, b) return a + b end',
  echo: 'return function(text) return text end',
  callBack: `
    local callback = callback
    return function(times)
      local sum = 0
      for i = 1, times do sum = sum + callback(i) end
      return sum
    end`,
  callBackWithText: `
    local callback = callback
    return function(times)
      local length = 0
      for i = 1, times do length = length + #callback('${someText}') end
      return length
    end`,
  list: 'local list = {} for i = 1, 10000 do list[i] = i * 3 end return list',
  keys: "local keys = {} for i = 1, 10000 do keys['key' .. i] = i end return keys",
  readKey: 'return function(object) return object.key1 end',
} as const
