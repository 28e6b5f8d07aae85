/**
 * What a file opened is really gone before its end is told: sockets and descriptors are looked at until they are, at
 * most for so long (`limits.settle`).
 *
 * Two guards: one looks, and comes before all others, because what they do takes descriptors too, and there may be no
 * more. One waits, and closes last of all, when engines are disposed and strays are ended.
 *
 * What a socket leaves in the system when both sides are gone (TIME_WAIT) is told and not waited for.
 */
import type { Discovery, TestName } from '../../protocol/finding.ts'
import { now, pause } from '../clock.ts'
import { call, read } from '../engines/kind.ts'
import type { OpenSocket } from '../engines/open-sockets.ts'
import type { Tracking } from '../engines/track.ts'
import type { Guard } from '../guard.ts'
import { leftOpen, whoOpened } from './left-open.ts'
import { watchDescriptors } from './open-descriptors.ts'
import type { SeenDescriptor } from './open-descriptors.ts'
import { descriptorLimit } from './proc-fd.ts'
import { isScarce, scarce } from './scarce.ts'
import { connectionsInTimeWait } from './time-wait.ts'

/** So many descriptors are scarce nowhere that a worker can start: the limit need not be read before. */
const MANY = 40
/** ms between two looks: a connection on this machine is closed within one or two. */
const LOOK_EVERY = 5
/** ms for which other threads may have a file open, which they load, say. */
const PASSING = 50

export interface ReleasedGuards {
  /** Opens last, closes first. */
  readonly descriptors: Guard
  /** Opens first, closes last. */
  readonly released: Guard
  /** How many connections the system still keeps; known when all is closed. */
  timeWait(this: void): number
}

export interface ReleasedGuardsOptions {
  readonly tracking: Tracking
  /** ms. */
  readonly settle: number
}

export function releasedGuards({ tracking, settle }: ReleasedGuardsOptions): ReleasedGuards {
  const descriptors = watchDescriptors()
  let limit: number | undefined
  let told = false
  let timeWait = 0

  const look = (test: TestName | null): Discovery[] => {
    const open = descriptors.look(test)
    if (told || open < MANY) return []
    limit ??= descriptorLimit()
    if (!isScarce(open, limit)) return []
    told = true
    return [scarce(open, limit, descriptors.since(), test)]
  }

  const settled = async (): Promise<void> => {
    const deadline = now() + settle
    descriptors.look(null)
    while (isPending(tracking.sockets.open().length, descriptors.since().length) && now() < deadline) {
      await pause(LOOK_EVERY)
      descriptors.look(null)
    }
  }

  const isKnown = ({ number, target }: SeenDescriptor): boolean =>
    whoOpened(target, tracking.descriptors.get(number)) !== undefined

  /** What nobody of this thread is known to have opened may be a file that another thread reads just now. */
  const lasting = async (): Promise<readonly SeenDescriptor[]> => {
    const deadline = now() + PASSING
    let left = descriptors.since()
    while (!left.every(isKnown) && now() < deadline) {
      await pause(LOOK_EVERY)
      descriptors.look(null)
      const still = new Set(descriptors.since())
      left = left.filter(descriptor => still.has(descriptor))
    }
    return left
  }

  return {
    timeWait: () => timeWait,
    descriptors: {
      name: 'descriptors',
      collected: () => look(null),
      beforeTest: () => look(null),
      afterTest: test => look(test.name),
      close: () => look(null),
    },
    released: {
      name: 'released',
      holds: () => tracking.sockets.open().length > 0,
      async close() {
        tracking.sockets
          .open()
          .filter(isIdle)
          .forEach(({ socket }) => void call(socket, 'destroy'))
        await settled()
        const lasted = await lasting()
        tracking.close()
        const left = leftOpen(tracking, lasted)
        descriptors.close()
        timeWait = connectionsInTimeWait(tracking.sockets.ports)
        return left
      },
    },
  }
}

/** What is only a file, and nothing is under way, will not be closed by waiting. */
function isPending(sockets: number, descriptors: number): boolean {
  if (sockets > 0) return true
  return descriptors > 0 && process.getActiveResourcesInfo().some(name => UNDER_WAY.test(name))
}

const UNDER_WAY = /^(?:FSReq|CloseReq|TCP|Shutdown|Connect|Process)/

/**
 * A connection that an agent keeps for the next request: those of agents that tests made are closed by now, so it is
 * one of the agents that every process has (http.globalAgent, fetch's).
 */
function isIdle({ socket, opening }: OpenSocket): boolean {
  if (opening === null || read(socket, '_httpMessage')) return false
  return opening.through(/node:_http_agent|[\\/]undici[\\/]/) && !isUpgraded(socket)
}

/** A WebSocket: undici has taken it from its client. */
function isUpgraded(socket: object): boolean {
  const client = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'client')
  return client !== undefined && read(socket, client) === null
}
