/**
 * Sees every EventEmitter as it is made: pools, clients, agents and watchers are emitters, in whatever way their
 * package was loaded (CommonJS or ES modules, inlined by Vite or not), and whatever it is called.
 *
 *     const seen = watchEmitters([pgPool, pgClient, httpAgent], made => ...)
 *     seen.close()
 *
 * What is no engine costs a look into a WeakMap. `EventEmitter.init` is what Node's own `domain` hangs on.
 * https://github.com/nodejs/node/blob/v22.12.0/lib/domain.js
 */
import { EventEmitter } from 'node:events'
import { orElse } from './kind.ts'

/** One kind of emitter, recognised by what its class can do: names change, and minifiers change them. */
export interface EmitterKind {
  /** Looks at the prototype by `in` only: a getter would run on an object that is not finished. */
  fits(this: void, prototype: object): boolean
}

type Init = (this: object, ...args: unknown[]) => unknown

export function watchEmitters<K extends EmitterKind>(
  kinds: readonly K[],
  made: (emitter: object, kind: K, below: Init) => void,
): { close(this: void): void } {
  const known = new WeakMap<object, K | 'none'>()
  const holder = EventEmitter as unknown as { init?: Init }
  const original = holder.init
  if (typeof original !== 'function') return { close: () => undefined }
  let open = true

  function init(this: object, ...args: unknown[]): unknown {
    // It runs inside of everybody's constructors.
    if (open) orElse(() => look(this), undefined)
    return Reflect.apply(original as Init, this, args)
  }
  const look = (emitter: object): void => {
    const prototype = Object.getPrototypeOf(emitter) as object | null
    if (prototype === null) return
    let kind = known.get(prototype)
    if (kind === undefined) known.set(prototype, (kind = kindOf(prototype, kinds)))
    if (kind !== 'none') made(emitter, kind, init)
  }
  holder.init = init
  return {
    close() {
      open = false
      // Whoever has wrapped it since keeps this one beneath, which from now on only passes on.
      if (holder.init === init) holder.init = original
    },
  }
}

/** A class that cannot be looked at (a proxy that throws) is none of those that are sought. */
function kindOf<K extends EmitterKind>(prototype: object, kinds: readonly K[]): K | 'none' {
  return orElse(() => kinds.find(kind => kind.fits(prototype)), undefined) ?? 'none'
}

/** Whether a class has all these methods and accessors. */
export function has(prototype: object, ...names: readonly string[]): boolean {
  return names.every(name => name in prototype)
}
