/** Makes every bed, once before all project tests. */
import { installBed, packedTarballs } from '@vitest-pool-lua/beds'
import type { TestProject } from 'vitest/node'
import { BARE, STRICT, SUPPORTED, VITEST_3 } from './vitests.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folders of the beds by name. */
    beds: Record<string, string>
  }
}

export async function setup(project: TestProject): Promise<void> {
  const tarballs = packedTarballs()
  const beds: Record<string, string> = {}
  for (const bed of [...SUPPORTED, BARE, STRICT, VITEST_3]) beds[bed.name] = await installBed(bed, tarballs)
  project.provide('beds', beds)
}
