/**
 * What the state must not exceed, as ratios to another side (issue 3, point 7). They are told beside each
 * figure; a goal that is not met fails nothing.
 */
import type { Goals } from '../report/row.ts'

/** The work is Lua's own: a state must add next to nothing. */
export const workloadGoals: Goals = { 'by hand': 1.05 }

/** What passes between the languages costs rules, safety and liveness. */
export const borderGoals: Goals = { 'by hand': 1.5, 'own API': 0.5 }

/** Of the time that opening a state takes, on fengari. */
export const restoreGoal = 0.2

/** RSS at the end of the cycles, of that after the first of them. */
export const cyclesGoal = 1.15
