/**
 * A table of Lua as an object of JS, live: its properties are its Lua keys and nothing else.
 *
 * Four names are answered although Lua has no such key, because JS asks every object for them: `then` is always
 * undefined (`await` is safe), `constructor` is Array for 1..n and Object else, `toJSON` gives plain data, and
 * symbols serve `util.inspect` and `String(table)`. What Lua has under `constructor` or `toJSON` goes first.
 */
import { inspect, type InspectOptions } from 'node:util'
import type { LuaTable } from '../lua-values.ts'
import type { Ref } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'
import { handleOf } from '../values/handles.ts'
import { integerKeyOf } from '../values/keys.ts'
import { decodeUtf8 } from '../values/strings.ts'
import { entriesAt, getAt, setAt, textAt } from './table-access.ts'
import { isSequence } from './shape.ts'
import { plainOf } from './to-js.ts'

export function createTable(core: Core, ref: Ref): LuaTable {
  return new Proxy<LuaTable>(Object.create(inspectable), new TableHandler(core, ref))
}

/** `util.inspect` looks behind proxies, at the target: there it finds this, called on the proxy. */
const inspectable: object = {
  [inspect.custom](this: object, depth: number, options: InspectOptions, print: typeof inspect): string {
    const handle = handleOf(this)
    if (handle === undefined) return '[LuaTable]'
    return handle.core.closed ? '[LuaTable of a closed state]' : print(plainOf(this), { ...options, depth })
  },
}

class TableHandler implements ProxyHandler<LuaTable> {
  readonly #core: Core
  readonly #ref: Ref

  constructor(core: Core, ref: Ref) {
    this.#core = core
    this.#ref = ref
  }

  get(_target: LuaTable, name: string | symbol, receiver: object): unknown {
    if (typeof name === 'symbol') return this.#symbol(name)
    if (name === 'then') return undefined
    if (name === 'constructor' || name === 'toJSON') return this.#probed(name, receiver)
    return getAt(this.#core, this.#ref, integerKeyOf(name) ?? name)
  }

  set(_target: LuaTable, name: string | symbol, value: unknown): boolean {
    if (typeof name === 'symbol') return false
    setAt(this.#core, this.#ref, integerKeyOf(name) ?? name, value)
    return true
  }

  has(_target: LuaTable, name: string | symbol): boolean {
    if (typeof name === 'symbol' || name === 'then') return false
    return getAt(this.#core, this.#ref, integerKeyOf(name) ?? name) !== undefined
  }

  deleteProperty(target: LuaTable, name: string | symbol): boolean {
    return this.set(target, name, undefined)
  }

  /** Integer keys in their order, then strings in Lua's: as in an object of JS. */
  ownKeys(): string[] {
    const names = new Set(entriesAt(this.#core, this.#ref).map(([key]) => nameOf(key)))
    const known = [...names].filter(name => name !== undefined && name !== 'then') as string[]
    const [integers, strings] = [known.filter(isIntegerName), known.filter(name => !isIntegerName(name))]
    return [...integers.toSorted((a, b) => Number(a) - Number(b)), ...strings]
  }

  getOwnPropertyDescriptor(target: LuaTable, name: string | symbol): PropertyDescriptor | undefined {
    if (!this.has(target, name)) return undefined
    return { value: this.get(target, name, target), writable: true, enumerable: true, configurable: true }
  }

  defineProperty(target: LuaTable, name: string | symbol, descriptor: PropertyDescriptor): boolean {
    return 'value' in descriptor && this.set(target, name, descriptor.value)
  }

  getPrototypeOf(): object {
    return Object.prototype
  }

  setPrototypeOf(): boolean {
    return false
  }

  preventExtensions(): boolean {
    return false
  }

  #symbol(name: symbol): unknown {
    if (name === inspect.custom) return Reflect.get(inspectable, inspect.custom)
    if (name === Symbol.toPrimitive) return () => textAt(this.#core, this.#ref)
    return undefined
  }

  /** A table whose `__index` raises for unknown names must not break whoever merely looks at it. */
  #probed(name: 'constructor' | 'toJSON', receiver: object): unknown {
    let found: unknown
    try {
      found = getAt(this.#core, this.#ref, name)
    } catch {
      found = undefined
    }
    if (found !== undefined) return found
    if (name === 'toJSON') return () => plainOf(receiver)
    return isSequence(entriesAt(this.#core, this.#ref)) ? Array : Object
  }
}

function isIntegerName(name: string): boolean {
  return integerKeyOf(name) !== undefined
}

/** The name of the property for a key of Lua, or undefined where there is none (a float, a boolean, a table). */
function nameOf(key: unknown): string | undefined {
  if (typeof key === 'string') return key
  if (key instanceof Uint8Array) return decodeUtf8(key)
  return Number.isSafeInteger(key) ? String(key) : undefined
}
