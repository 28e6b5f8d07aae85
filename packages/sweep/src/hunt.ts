/**
 * The course of one sweep: who was seen, who is exempt, who was signalled, and so what became of each.
 */
import type { Quarry } from './end/quarry.ts'
import { type Exemption, type ExemptionOptions, exemptionsOf } from './exemptions.ts'
import type { Member, Search } from './find/finder.ts'
import { type ProcessIdentity, type RunningProcess, type SweptProcess, byAge, toRunning } from './process.ts'

/** Taken hold of before a test can put a spy in its place. */
const kill = process.kill.bind(process)

export interface Hunt extends Quarry {
  outcomes(): SweptProcess[]
}

interface Track {
  readonly process: RunningProcess
  /** When it was found. */
  readonly wasEnding: boolean
  exemption: Exemption | undefined
  signalled: boolean
  /** Why a signal could not be sent. */
  refusal: string | undefined
  living: boolean
}

export function openHunt(search: Search, options: ExemptionOptions): Hunt {
  const tracks = new Map<string, Track>()

  const trackOf = (member: Member): Track => {
    const track = tracks.get(keyOf(member)) ?? newTrack(member)
    tracks.set(keyOf(member), track)
    return track
  }
  const rescan = async (): Promise<Member[]> => {
    const members = await search.rescan()
    const exemptions = exemptionsOf(members, options)
    for (const track of tracks.values()) track.living = false
    for (const member of members) {
      const track = trackOf(member)
      track.living = true
      track.exemption = exemptions.get(member.pid)
    }
    return members.filter(member => isToBeEnded(trackOf(member)))
  }
  const forEachSame = async (members: readonly Member[], act: (member: Member) => void): Promise<void> => {
    await search.forEachSame(members, member => actOn(member, act, trackOf(member)))
  }
  const signal = async (members: readonly Member[], name: NodeJS.Signals): Promise<void> => {
    await forEachSame(members, ({ pid }) => kill(pid, name))
  }
  return {
    rescan,
    forEachSame,
    signal,
    hasExempt: () => [...tracks.values()].some(track => track.exemption !== undefined),
    outcomes: () => [...tracks.values()].flatMap(outcomeOf).toSorted(byAge),
  }
}

function newTrack(member: Member): Track {
  const process = toRunning(member)
  const { ending: wasEnding = false } = member
  return { process, wasEnding, exemption: undefined, signalled: false, refusal: undefined, living: true }
}

function keyOf({ pid, startTime }: ProcessIdentity): string {
  return `${pid}@${startTime}`
}

function isToBeEnded(track: Track): boolean {
  return track.exemption === undefined && track.refusal === undefined
}

function actOn(member: Member, act: (member: Member) => void, track: Track): void {
  try {
    act(member)
    track.signalled = true
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return
    track.refusal = `it may not be signalled (${codeOf(error)}): as a rule, it is another user's`
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** None for a process that ended by itself, or whose main thread had ended, before any signal: it was on its way out. */
function outcomeOf({ process, wasEnding, exemption, refusal, living, signalled }: Track): SweptProcess[] {
  if (exemption) return [{ ...process, ...exemption }]
  if (!living) return signalled && !wasEnding ? [{ ...process, outcome: 'ended' }] : []
  return [{ ...process, outcome: 'survived', reason: refusal ?? 'still there after SIGKILL' }]
}
