/** Modules of this folder that run in a process or thread of their own: `.ts` in the sources, `.js` when built. */

const isSource = import.meta.url.endsWith('.ts')

export function ownModule(name: 'worker' | 'parent-watch'): URL {
  return new URL(`./${name}${isSource ? '.ts' : '.js'}`, import.meta.url)
}

const stripTypes = '--experimental-strip-types'

/** What Node needs to run them: nothing when built; for the sources, that it strips types, as Node 22.18 does unasked. */
export const ownModuleFlags: readonly string[] =
  isSource && process.allowedNodeEnvironmentFlags.has(stripTypes)
    ? [stripTypes, '--disable-warning=ExperimentalWarning']
    : []
