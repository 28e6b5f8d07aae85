/**
 * What Lua can do with an object of JS that it holds as userdata, after lupa: read and set attributes, call
 * methods (`object:method(x)` and `object.method(x)`, both with `this` = object), call it, `#object`,
 * `tostring(object)`. The option `attributeFilter` decides which attributes Lua may see.
 */
import { LuaStateError } from '../errors.ts'
import type { Callback, Ref, Thread } from '../machine/machine.ts'
import type { Core, JsFunction } from '../session/core.ts'
import { decodeUtf8 } from './strings.ts'

/** Of one state. */
interface Support {
  readonly core: Core
  readonly methods: WeakMap<object, WeakMap<JsFunction, Callback>>
}

type Metamethod = (support: Support, thread: Thread, object: object) => number

const metamethods: Record<string, Metamethod> = {
  __index: (support, thread, object) => {
    const { core } = support
    const value: unknown = Reflect.get(object, attribute(core, thread, object, false))
    if (!isFunction(value)) core.push(thread, value)
    else core.machine.pushCallback(thread, methodOf(support, object, value))
    return 1
  },
  __newindex: ({ core }, thread, object) => {
    const name = attribute(core, thread, object, true)
    if (Reflect.set(object, name, core.read(thread, 3))) return 0
    throw new TypeError(`Lua could not set the attribute '${name}' of ${nameOf(object)}: it is read-only`)
  },
  __call: ({ core }, thread, object) => {
    if (isFunction(object)) return core.invoke(thread, object, undefined, 1)
    throw new TypeError(`Lua tried to call ${nameOf(object)}, which is not a function`)
  },
  __len: ({ core }, thread, object) => {
    const length: unknown = Reflect.get(object, 'length') ?? Reflect.get(object, 'size')
    if (typeof length !== 'number') throw new TypeError(`${nameOf(object)} has neither length nor size`)
    core.push(thread, length)
    return 1
  },
  __tostring: ({ core }, thread, object) => {
    core.push(thread, textOf(object))
    return 1
  },
}

/** What `tostring` gives; also for objects without a `toString`. */
export function textOf(object: object): string {
  try {
    const text: unknown = Reflect.get(object, 'toString')
    return isFunction(text) ? String(Reflect.apply(text, object, [])) : Object.prototype.toString.call(object)
  } catch {
    return Object.prototype.toString.call(object)
  }
}

/** Made once for each state. `getmetatable` gives only its name, so that Lua can't change it. */
export function createObjectMetatable(core: Core, thread: Thread): Ref {
  const { machine } = core
  const support: Support = { core, methods: new WeakMap() }
  machine.ensure(thread, 8)
  machine.pushTable(thread)
  const metatable = machine.refAt(thread, -1)
  for (const [name, metamethod] of Object.entries(metamethods)) {
    const callback: Callback = running =>
      core.onThread(running, () => metamethod(support, running, objectAt(core, running)))
    core.push(thread, name)
    machine.pushCallback(thread, callback)
    machine.rawSet(thread, -3)
  }
  for (const field of ['__metatable', '__name']) {
    core.push(thread, field)
    core.push(thread, 'JavaScript object')
    machine.rawSet(thread, -3)
  }
  machine.pop(thread, 1)
  return metatable
}

/** The same method of the same object is the same function of Lua, and comes out as the JS function itself. */
function methodOf({ core, methods }: Support, object: object, target: JsFunction): Callback {
  let ofObject = methods.get(object)
  if (ofObject === undefined) methods.set(object, (ofObject = new WeakMap()))
  let callback = ofObject.get(target)
  if (callback === undefined)
    ofObject.set(target, (callback = core.linkCallback(bound(core, object, target), target)))
  return callback
}

function bound({ machine, invoke }: Core, object: object, target: JsFunction): Callback {
  return thread => {
    const withSelf = machine.top(thread) > 0 && machine.objectAt(thread, 1) === object
    return invoke(thread, target, object, withSelf ? 1 : 0)
  }
}

function objectAt(core: Core, thread: Thread): object {
  const object = core.machine.objectAt(thread, 1)
  if (object === undefined)
    throw new TypeError('a metamethod of JavaScript objects was called on something else')
  return object
}

function attribute(core: Core, thread: Thread, object: object, writing: boolean): string {
  const key = core.read(thread, 2)
  const name = key instanceof Uint8Array ? decodeUtf8(key) : String(key)
  const { attributeFilter } = core.options
  if (attributeFilter === undefined || attributeFilter(object, name, writing)) return name
  throw new LuaStateError(
    'LUA_STATE_ATTRIBUTE_REFUSED',
    `Lua was to ${writing ? 'set' : 'read'} the attribute '${name}' of ${nameOf(object)}, ` +
      `which the option attributeFilter refuses.`,
  )
}

function isFunction(value: unknown): value is JsFunction {
  return typeof value === 'function'
}

function nameOf(object: object): string {
  return `a ${object.constructor?.name ?? 'JavaScript object'}`
}
