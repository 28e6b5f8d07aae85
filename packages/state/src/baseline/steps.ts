/**
 * How one comes from the roots of a state to a table: a step is a way and mostly a key. Three parties speak of it:
 * the walker in Lua, the one for fengari, and `path.ts`.
 */
export const ways = {
  field: 1,
  key: 2,
  metatable: 3,
  /** Of a function in a field; a function of Lua 5.1 only has one. */
  environment: 4,
  globals: 5,
  registry: 6,
  /** The metatable that all values of a type share; the key is the type's number, as in `luaTypes`. */
  typeMetatable: 7,
} as const

export type Way = (typeof ways)[keyof typeof ways]

export interface Step {
  readonly way: Way
  readonly key: unknown
}
