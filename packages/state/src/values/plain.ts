/** Which objects are data, and go into Lua as a table: arrays, and objects made by `{}` or without prototype. */

/** Also for objects of another realm (a `vm` context), whose `Object.prototype` is another one. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return true
  return Array.isArray(value) ? isRootPrototype(Object.getPrototypeOf(prototype)) : isRootPrototype(prototype)
}

function isRootPrototype(prototype: unknown): boolean {
  if (typeof prototype !== 'object' || prototype === null) return false
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf')
}
