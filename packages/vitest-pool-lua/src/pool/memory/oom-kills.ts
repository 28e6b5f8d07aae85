/**
 * How many processes of this process's cgroup the kernel has ended for want of memory: read before and after a
 * death by SIGKILL, it tells the kernel's OOM killer from everybody else. A worker is in the cgroup of its parent.
 *
 * Both generations of cgroups count: https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Null where nobody counts: outside of Linux, and in the root of cgroups v2. */
export const oomKills: () => number | null = process.platform === 'linux' ? linuxOomKills : () => null

/** @param system the folder that has `proc` and `sys` */
export function linuxOomKills(system = '/'): number | null {
  const cgroups = read(join(system, 'proc/self/cgroup')) ?? ''
  for (const file of counters(cgroups)) {
    const count = /^oom_kill (\d+)$/m.exec(read(join(system, 'sys/fs/cgroup', file)) ?? '')
    if (count !== null) return Number(count[1])
  }
  return null
}

/**
 * Where both generations are mounted, the first has the memory. In a container the path may be that of the host,
 * and the container's own cgroup is what is mounted.
 */
function counters(cgroups: string): string[] {
  const v1 = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(.*)$/m.exec(cgroups)?.[1]
  const v2 = /^0::(.*)$/m.exec(cgroups)?.[1]
  return [
    ...(v1 === undefined
      ? []
      : [join('memory', v1, 'memory.oom_control'), join('memory', 'memory.oom_control')]),
    ...(v2 === undefined ? [] : [join(v2, 'memory.events'), 'memory.events']),
  ]
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return undefined
  }
}
