/**
 * The descriptors of this process, as Linux lists them. Elsewhere there is no such list, and nothing is known.
 *
 * The functions are taken hold of when this is loaded: a test may have replaced those of node:fs.
 */
import { closeSync, existsSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

const [open, close, list, stat] = [openSync, closeSync, readdirSync, lstatSync]
const [exists, readLink, readText] = [existsSync, readlinkSync, readFileSync]

const FOLDER = '/proc/self/fd'
/** The list takes one; what ends a file (reading of processes and of memory) some more. */
const KEPT_BACK = 4

export interface DescriptorList {
  /** The one that the list itself is read by is among them, and is gone by then: see `targetOf`. */
  numbers(): number[]
  /** Without that one. */
  others(): number[]
  close(): void
}

/** Some are kept back for when there are no more: then they are given up. */
export function listDescriptors(): DescriptorList {
  const kept: number[] = []
  try {
    for (let count = 0; count < KEPT_BACK; count++) kept.push(open('/dev/null', 'r'))
  } catch {
    // There are no more by now, or no such device: what is listed is what can be had.
  }
  const giveUp = (): void => kept.splice(0).forEach(number => close(number))
  return {
    numbers() {
      try {
        return list(FOLDER).map(Number)
      } catch {
        if (kept.length === 0) return []
        giveUp()
        return this.numbers()
      }
    },
    others() {
      const own = lowestFree()
      return this.numbers().filter(number => number !== own || isOpen(number))
    },
    close: giveUp,
  }
}

/** What is opened next takes it. To ask of each number whether it is open would take ten times as long. */
function lowestFree(): number | undefined {
  try {
    const number = open('/dev/null', 'r')
    close(number)
    return number
  } catch {
    return undefined
  }
}

function isOpen(descriptor: number): boolean {
  return exists(`${FOLDER}/${descriptor}`)
}

/** A path, `socket:[4711]`, `pipe:[4711]`, `anon_inode:[eventpoll]`; undefined for what is not open. */
export function targetOf(descriptor: number): string | undefined {
  const path = `${FOLDER}/${descriptor}`
  try {
    return stat(path, { throwIfNoEntry: false }) === undefined ? undefined : readLink(path)
  } catch {
    return undefined
  }
}

/** The inodes of sockets of this machine's own: processes speak by them with their children, and with nobody else. */
export function localSockets(): ReadonlySet<string> {
  try {
    const lines = readText('/proc/self/net/unix', 'latin1').split('\n')
    return new Set(lines.map(line => `socket:[${line.split(/\s+/)[6]}]`))
  } catch {
    return new Set()
  }
}

/** How many may be open at once; Infinity where nobody says. */
export function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readText('/proc/self/limits', 'utf8')) ?? []
    return soft === undefined ? Infinity : Number(soft)
  } catch {
    return Infinity
  }
}
