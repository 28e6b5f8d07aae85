/**
 * A run's id says which process is its main process, so that anybody who finds what holds it can tell whether the run
 * goes on.
 *
 *     runIdOf({ pid: 4711, startTime: 123456, space: '4026531836' })    // '1f1c03ab-4711-123456-4026531836'
 */

export interface MainProcess {
  readonly pid: number
  /** As the sweep tells start times; 0 where it can't be learnt. */
  readonly startTime: number
  /** Within which its pid is one: on Linux the namespace, which differs from container to container. '0' elsewhere. */
  readonly space: string
}

const ID = /^([\da-f]{8})-(\d+)-(\d+)-(\d+)$/
const FOLDER = /^vitest-pool-lua-([\da-f]{8}-\d+-\d+-\d+)-\w+$/
const RANDOM = 0x8000_0000

/** @param number of 31 bits: what tells the run from others, and with what its workers are branded */
export function runIdOf(main: MainProcess, number = Math.floor(Math.random() * RANDOM)): string {
  const { pid, startTime, space } = main
  return [number.toString(16).padStart(8, '0'), pid, startTime, space].join('-')
}

/** Undefined where the text is no run's id. */
export function readRunId(id: string): (MainProcess & { readonly number: number }) | undefined {
  const [, number = '', pid, startTime, space] = ID.exec(id) ?? []
  if (pid === undefined || startTime === undefined || space === undefined) return undefined
  return { number: Number.parseInt(number, 16), pid: Number(pid), startTime: Number(startTime), space }
}

/** Of the folder for the run's journals, which has some more letters of its own. */
export function folderPrefix(run: string): string {
  return `vitest-pool-lua-${run}-`
}

/** Undefined where the name is not that of a run's folder. */
export function runOfFolder(name: string): string | undefined {
  return FOLDER.exec(name)?.[1]
}
