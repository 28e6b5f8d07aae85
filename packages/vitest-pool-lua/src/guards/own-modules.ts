/**
 * How files of this package and of the runtimes are recognised by their path:
 * Vite must not inline them, and stacks need not show them.
 */
import { fileURLToPath } from 'node:url'

/** Made when it is first asked for: to find the other package takes 1 ms, and most files never ask. */
let pattern: RegExp | undefined

/**
 * Linked packages are no part of node_modules: without this Vite would inline a second instance.
 * Vitest 4.1 gives the paths of stack frames as URLs have them, with %20 for a space.
 */
export function ownModules(): RegExp {
  pattern ??= new RegExp(
    [new URL('..', import.meta.url), new URL('.', import.meta.resolve('@vitest-pool-lua/state'))]
      .flatMap(url => [fileURLToPath(url), url.pathname])
      .map(folder => `^${escapeRegExp(folder)}`)
      .join('|'),
  )
  return pattern
}

/** fengari and wasmoon, and koffi with its binaries, through which native runtimes are called. */
const RUNTIMES = /[\\/]node_modules[\\/](?:fengari|wasmoon|koffi|@koromix)[\\/]/

export function isOwnModule(file: string): boolean {
  return ownModules().test(file)
}

/** A callback's error has frames of the runtime between the user's: nobody wants to read those. */
export function isInternalFrame(file: string): boolean {
  return isOwnModule(file) || RUNTIMES.test(file)
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
