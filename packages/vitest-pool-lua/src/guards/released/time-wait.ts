/**
 * Connections of which both sides are gone and which the system still keeps for a minute, so that what comes late is
 * not taken for another's. They belong to no process and take no descriptor: nobody can end them, or need wait.
 */
import { readFileSync } from 'node:fs'

const readText = readFileSync

/** As Linux lists connections: `  3: 0100007F:9E09 0100007F:E85E 06 ...`, of which 06 is TIME_WAIT. */
const LINE = /^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) 06 /gm

/** How many there are to these ports of this machine. */
export function connectionsInTimeWait(ports: ReadonlySet<number>): number {
  if (ports.size === 0) return 0
  return ['tcp', 'tcp6'].reduce((count, family) => count + countIn(family, ports), 0)
}

function countIn(family: string, ports: ReadonlySet<number>): number {
  try {
    const lines = [...readText(`/proc/self/net/${family}`, 'latin1').matchAll(LINE)]
    return lines.filter(([, ...both]) => both.some(port => ports.has(Number.parseInt(port, 16)))).length
  } catch {
    return 0
  }
}
