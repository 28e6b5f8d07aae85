/**
 * Puts something around a function of an object, so that nobody can tell: name, length, properties, `this`,
 * arguments, result and errors are the function's own.
 *
 *     const putBack = wrapFunction(process, 'exit', (run, args) => (note(args), run()))
 */
export type Around = (run: Run, args: readonly unknown[], trap: Trap) => unknown

/** Calls the function itself, with what its caller gave it or with other arguments. */
type Run = (args?: readonly unknown[]) => unknown

/** What the caller really called: the frame below which a stack is the caller's. */
export type Trap = (...args: never[]) => unknown

/** Does nothing where the object has no such function, or not one of its own that can be replaced. */
export function wrapFunction(owner: object, name: string, around: Around): () => void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  if (typeof descriptor?.value !== 'function' || descriptor.configurable !== true) return () => {}
  let open = true
  const apply = (original: AnyFunction, self: unknown, args: unknown[]): unknown => {
    const run: Run = (changed = args) => Reflect.apply(original, self, changed)
    return open ? around(run, args, apply) : run()
  }
  const wrapped = new Proxy(descriptor.value as AnyFunction, { apply })
  Object.defineProperty(owner, name, { ...descriptor, value: wrapped })
  return () => {
    open = false
    // Whoever has wrapped it since keeps this one beneath, which from now on only passes on.
    if (Reflect.get(owner, name) === wrapped) Object.defineProperty(owner, name, descriptor)
  }
}

type AnyFunction = (...args: unknown[]) => unknown
