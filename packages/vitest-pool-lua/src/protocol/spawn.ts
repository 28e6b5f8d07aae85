/**
 * Where a process came from: the test and the line that spawned it, or what it descends from.
 *
 *     originsOf(strays, spawns, stray => null)   // by pid
 *
 * A spawned process bears a label in its environment, which all that it starts inherits. So an orphan of an orphan is
 * recognised too, unless it has cleared its environment.
 */
import type { Place, TestName } from './finding.ts'

export interface Origin {
  readonly test: TestName | null
  readonly at: Place | null
}

export interface Spawn extends Origin {
  readonly label: string
  /** Null where the call tells none, like `execSync`. */
  readonly pid: number | null
}

export interface Spawned {
  readonly pid: number
  readonly ppid: number
  readonly label?: string
}

/** @param guess the test of a process of which nothing shows who spawned it */
export function originsOf<S extends Spawned>(
  strays: readonly S[],
  spawns: readonly Spawn[],
  guess: (stray: S) => TestName | null,
): ReadonlyMap<number, Origin> {
  const labelled = new Map(spawns.map(spawn => [spawn.label, spawn]))
  const byPid = new Map(spawns.map(spawn => [spawn.pid, spawn]))
  const own = ({ pid, label }: S): Spawn | undefined => labelled.get(label ?? '') ?? byPid.get(pid)
  const among = new Map(strays.map(stray => [stray.pid, stray]))

  const originOf = (stray: S): Origin => {
    const passed = new Set<S>()
    for (let at: S | undefined = stray; at !== undefined && !passed.has(at); at = among.get(at.ppid)) {
      passed.add(at)
      const spawn = own(at) ?? byPid.get(at.ppid)
      if (spawn !== undefined) return { test: spawn.test, at: spawn.at }
    }
    return { test: guess(stray), at: null }
  }
  return new Map(strays.map(stray => [stray.pid, originOf(stray)]))
}
