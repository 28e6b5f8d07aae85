/** What an ending needs to know of the sweep it is part of. */
import type { Member } from '../find/finder.ts'

export interface Quarry {
  /** The members that live and are to be ended: no exempt ones, none that refuse our signals. */
  rescan(): Promise<readonly Member[]>
  /** Acts on those that are still the same processes. */
  forEachSame(members: readonly Member[], act: (member: Member) => void): Promise<void>
  /** Signals those that are still the same processes. */
  signal(members: readonly Member[], signal: NodeJS.Signals): Promise<void>
  /** Whether any process of the target is to be left alone. */
  hasExempt(): boolean
}
