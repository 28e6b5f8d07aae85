import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A PATH with these programs and no others. */
export function pathWith(...programs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'path '))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const program of programs) symlinkSync(join('/usr/bin', program), join(folder, program))
  return folder
}
