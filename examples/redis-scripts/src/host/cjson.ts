/**
 * The library `cjson` that Redis gives to scripts: the platform's JSON, with lua-cjson's conventions.
 *
 *     cjson.encode({})                 -- {}, for an empty table is an object
 *     cjson.decode('[null]')[1]        -- cjson.null, for nil would leave a hole
 *     cjson.encode('a/b')              -- "a\/b"
 *     cjson.encode(1 / 3)              -- 0.33333333333333: 14 digits
 */
import { byReference } from '@vitest-pool-lua/state'
import { fromLua } from './lua-tables.ts'

/** What `cjson.null` is: a value of its own that JSON writes as null. */
const jsonNull = { toJSON: () => null }

export const cjson = {
  null: byReference(jsonNull),

  encode(value: unknown): string {
    const plain = fromLua(value, () => ({}))
    return JSON.stringify(plain, fourteenDigits).replaceAll('/', String.raw`\/`)
  },

  decode(text: string): unknown {
    return JSON.parse(text, (_, value: unknown) => value ?? cjson.null)
  },
}

function fourteenDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(14)) : value
}
