/** A copy of the fixture in a bed, with a temporary directory and a tag of its own. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MadeBed } from '@vitest-pool-lua/beds'
import { endTagged, newTag } from '../tagged.ts'

export interface Project {
  /** The folder of the bed. */
  readonly bed: string
  readonly folder: string
  readonly tag: string
  /** Removes it, and ends what has its tag. */
  close(this: void): void
}

const FIXTURE = fileURLToPath(new URL('../../fixtures/ends', import.meta.url))

export function openProject({ folder: bed }: MadeBed): Project {
  const folder = mkdtempSync(join(bed, 'ends '))
  cpSync(FIXTURE, folder, { recursive: true })
  mkdirSync(join(folder, 'tmp'))
  const tag = newTag()
  const close = (): void => {
    endTagged(tag)
    rmSync(folder, { recursive: true, force: true })
  }
  return { bed, folder, tag, close }
}
