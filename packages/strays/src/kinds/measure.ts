/**
 * Runs a test that leaves one stray, and looks what is left when the run has ended.
 *
 *     const outcome = await measureKind({ bed, kind: 'daemon', worker: 'dead' })
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import type { MadeBed } from '@vitest-pool-lua/beds'
import { startVitest } from '@vitest-pool-lua/beds'
import { openProject } from '../project.ts'
import type { Project } from '../project.ts'
import { tagged } from '../tagged.ts'
import { until } from '../until.ts'

export interface KindCell {
  readonly bed: MadeBed
  /** `nothing` leaves none: for comparison. */
  readonly kind: string
  /** Whether the worker lives when its file ends, or dies in the test. */
  readonly worker: 'alive' | 'dead'
  readonly tier?: 'proc' | 'tree'
  readonly env?: Readonly<Record<string, string>>
}

export interface KindOutcome {
  readonly exitCode: number | null
  /** Command lines, looked at again and again for a while after the run: one that hops is not always there. */
  readonly left: readonly string[]
  /** ms from the start of Vitest to its end. */
  readonly ms: number
  readonly findings: readonly { readonly kind: string; readonly text: string }[]
  readonly output: string
}

const ENDED_WITHIN = 60_000
const LOOKS = 10
const LOOK_EVERY = 20

export async function measureKind(cell: KindCell): Promise<KindOutcome> {
  const project = openProject(cell.bed, 'kinds')
  try {
    return await outcomeOf(cell, project)
  } finally {
    project.close()
  }
}

async function outcomeOf({ bed, kind, worker, tier, env }: KindCell, project: Project): Promise<KindOutcome> {
  const { folder, tag } = project
  const dies = worker === 'dead' ? { DIES: '1' } : {}
  const began = performance.now()
  const child = startVitest({
    bed: bed.folder,
    folder,
    args: ['run'],
    env: { KIND: kind, TAG: tag, ...dies, ...(tier && { TIER: tier }), ...env },
  })
  const texts = Promise.all([child.stdout, child.stderr].map(async stream => (stream ? text(stream) : '')))
  await until('the run to end', () => child.exitCode !== null || child.signalCode !== null, ENDED_WITHIN)
  const ms = Math.round(performance.now() - began)
  const left = await leftOf(tag)
  project.endAll()
  return { exitCode: child.exitCode, left, ms, findings: findingsIn(folder), output: (await texts).join('') }
}

async function leftOf(tag: string): Promise<readonly string[]> {
  const left = new Set<string>()
  for (let look = 0; look < LOOKS; look += 1) {
    for (const { command } of tagged(tag)) left.add(command)
    await wait(LOOK_EVERY)
  }
  return [...left]
}

interface Report {
  readonly files: readonly { readonly findings: KindOutcome['findings'] }[]
}

function findingsIn(folder: string): KindOutcome['findings'] {
  const path = join(folder, 'lua-report.json')
  const { files } = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : { files: [] }
  return files.flatMap(({ findings }) => findings)
}
