/** Modules of this folder that run in a process or thread of their own: `.ts` in the sources, `.js` when built. */

const isSource = import.meta.url.endsWith('.ts')

export function ownModule(name: 'worker' | 'parent-watch'): URL {
  return new URL(`./${name}${isSource ? '.ts' : '.js'}`, import.meta.url)
}

/** What Node needs to run them: nothing when built; for the sources, types stripped by Node before 22.18. */
export const ownModuleFlags: readonly string[] =
  isSource && !process.features.typescript
    ? ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
    : []
