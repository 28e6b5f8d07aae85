/** Functions of Lua that do what may run metamethods. They need no library. */
import type { Ref } from '../machine/machine.ts'
import { encodeUtf8 } from '../values/strings.ts'
import type { Core, OperationName } from './core.ts'

const sources: Record<OperationName, string> = {
  get: 'return function(t, k) return t[k] end',
  set: 'return function(t, k, v) t[k] = v end',
  length: 'return function(t) return #t end',
}

/** Of one state, compiled when they are first needed. */
export class TableOperations {
  readonly #core: Core
  readonly #compiled = new Map<OperationName, Ref>()

  constructor(core: Core) {
    this.#core = core
  }

  get(name: OperationName): Ref {
    let ref = this.#compiled.get(name)
    if (ref === undefined) this.#compiled.set(name, (ref = this.#compile(name)))
    return ref
  }

  #compile(name: OperationName): Ref {
    const core = this.#core
    const { machine } = core
    const thread = core.enter()
    const { base } = core
    try {
      machine.pushHandler(thread)
      core.load(thread, encodeUtf8(sources[name]), '=(LuaTable)')
      core.run(thread, 0, 1)
      return machine.refAt(thread, -1)
    } finally {
      core.leave(thread, base)
    }
  }
}
