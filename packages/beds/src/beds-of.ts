/** The beds of some releases of Vitest, made; those of all supported ones if none is named. */
import { installBed, packedTarballs } from './install-bed.ts'
import { SUPPORTED } from './vitests.ts'

export interface MadeBed {
  /** The release of Vitest: '5.1'. */
  readonly vitest: string
  readonly folder: string
}

export async function bedsOf(releases: readonly string[]): Promise<readonly MadeBed[]> {
  const supported = SUPPORTED.map(bed => ({ bed, vitest: bed.name.replace('vitest-', '') }))
  const unknown = releases.find(release => !supported.some(({ vitest }) => vitest.startsWith(release)))
  if (unknown !== undefined) {
    throw new Error(
      `No bed has Vitest ${unknown}. There are: ${supported.map(({ vitest }) => vitest).join(', ')}.`,
    )
  }
  const wanted = supported.filter(
    ({ vitest }) => releases.length === 0 || releases.some(release => vitest.startsWith(release)),
  )
  const made: MadeBed[] = []
  for (const { bed, vitest } of wanted) made.push({ vitest, folder: await installBed(bed, packedTarballs()) })
  return made
}
