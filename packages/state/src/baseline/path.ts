/**
 * The name of a place as an expression of Lua: `config`, `string.format`, `list[1]`, `getmetatable(_G).__index`,
 * `debug.getregistry()["FILE*"]`. Where there is no expression, it is as near to one as can be: `seen[table]`.
 */
import { luaTypes } from '../machine/machine.ts'
import { luaType } from '../tables/table-functions.ts'
import { decodeUtf8 } from '../values/strings.ts'
import { ways, type Step } from './steps.ts'

/** From the root to the place. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce(pathAfter, '')
}

function pathAfter(path: string, { way, key }: Step): string {
  switch (way) {
    case ways.globals:
      return '_G'
    case ways.registry:
      return 'debug.getregistry()'
    case ways.typeMetatable:
      return `getmetatable(${examples[Number(key)]})`
    case ways.field:
      return fieldOf(path, key)
    case ways.key:
      return `keyof(${fieldOf(path, key)})`
    case ways.metatable:
      return `getmetatable(${path})`
    case ways.environment:
      return `debug.getfenv(${fieldOf(path, key)})`
  }
}

/** A value of each type that has one metatable for all its values. */
const examples: Record<number, string> = {
  [luaTypes.nil]: 'nil',
  [luaTypes.boolean]: 'true',
  [luaTypes.lightUserdata]: 'lightuserdata',
  [luaTypes.number]: '0',
  [luaTypes.string]: '""',
  [luaTypes.function]: 'print',
  [luaTypes.thread]: 'coroutine.create(print)',
}

function fieldOf(path: string, key: unknown): string {
  const name = key instanceof Uint8Array ? decodeUtf8(key) : key
  if (typeof name !== 'string') return `${path}[${isPrimitive(name) ? String(name) : luaType(name)}]`
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '_G' ? name : `${path}.${name}`
}

function isPrimitive(value: unknown): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
}
