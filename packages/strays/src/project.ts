/** A copy of a fixture in a bed, with a temporary directory and a tag of its own. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MadeBed } from '@vitest-pool-lua/beds'
import { endTagged, newTag } from './tagged.ts'

export interface Project {
  /** The folder of the bed. */
  readonly bed: string
  readonly folder: string
  readonly tag: string
  /** Ends what has its tag. */
  endAll(this: void): void
  /** Removes it, and ends what has its tag. */
  close(this: void): void
}

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url))

export function openProject({ folder: bed }: MadeBed, fixture: 'ends' | 'kinds'): Project {
  const folder = mkdtempSync(join(bed, `${fixture} `))
  cpSync(join(FIXTURES, fixture), folder, { recursive: true })
  mkdirSync(join(folder, 'tmp'))
  const tag = newTag()
  const endAll = (): void => endTagged(tag)
  const close = (): void => {
    endAll()
    rmSync(folder, { recursive: true, force: true })
  }
  return { bed, folder, tag, endAll, close }
}
