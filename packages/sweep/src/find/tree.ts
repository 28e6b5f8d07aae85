/** Placeholder. */
import type { Finder, FinderOptions } from './finder.ts'
export function openTreeFinder(options: FinderOptions): Finder {
  throw new Error(`not yet ${options.exempting?.name}`)
}
