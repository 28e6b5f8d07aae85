/** The end of a file: the guards close, and what they found goes into the file's record and result. */
import type { FileRecord } from '../protocol/file-report.ts'
import { setFileRecord } from '../protocol/file-report.ts'
import type { Finding } from '../protocol/finding.ts'
import { findingErrors } from '../protocol/finding-error.ts'
import { judge } from '../protocol/judge.ts'
import type { Boot } from '../protocol/message.ts'
import { relativePlace, relativeTo } from '../relative-to.ts'
import { luaFilesOf } from './lua-files.ts'
import type { FileGuards } from './open-guards.ts'
import { addErrors } from './tasks.ts'
import type { FileTask } from './tasks.ts'

export async function closeFile(
  file: FileTask,
  guards: FileGuards,
  boot: Boot,
  rssAtStart: number,
): Promise<void> {
  const findings = judge(await guards.isolation.close(), boot.settings)
  const { runRoot: root } = boot.settings
  setFileRecord(file.meta, {
    run: boot.run,
    runtime: boot.settings.runtime,
    file: relativeTo(root, file.filepath),
    deaths: [],
    workers: [{ pid: process.pid, reused: false }],
    findings: findings.map(finding => withRelativePlaces(root, finding)),
    engines: guards.engines.counts(),
    registries: { putBack: guards.registries.putBack() },
    processes: guards.processes.counts(),
    memory: memory(rssAtStart),
    ...timeWait(guards),
    luaFiles: luaFilesOf(guards).map(path => relativeTo(root, path)),
  } satisfies FileRecord)
  const errors = [...findingErrors(findings), ...guards.failures]
  if (errors.length > 0) addErrors(file, errors)
}

/** Not worth a line where there is nothing to tell. */
function timeWait(guards: FileGuards): Pick<FileRecord, 'timeWait'> {
  const connections = guards.timeWait()
  return connections === 0 ? {} : { timeWait: connections }
}

/** Bytes; Node gives the peak in KiB. */
function memory(start: number): FileRecord['memory'] {
  return { start, peak: process.resourceUsage().maxRSS * 1024, end: process.memoryUsage.rss() }
}

function withRelativePlaces(root: string, finding: Finding): Finding {
  const at = relativePlace(root, finding.at)
  if (finding.kind !== 'engine-duplicated') return { ...finding, at }
  return { ...finding, at, first: relativePlace(root, finding.first) }
}
