/**
 * Compares ways to do the same work, in one run: they take turns, round by round, so that what disturbs the
 * machine disturbs them all, and what counts is each one's least time.
 *
 *     const times = await compare([
 *       { name: 'map', sample: timed({ run: n => viaMap(n) }) },
 *       { name: 'object', sample: timed({ run: n => viaObject(n) }) },
 *     ], { rounds: 9, sample: 25 })
 *     times.get('map').best    // ms for one
 *
 * Times are CPU times of this process, as far as it does the work itself: what other programs do on the same
 * cores does not count.
 */
export interface Contender {
  readonly name: string
  /** Does the work so often and gives the time that it took in all, in ms. */
  readonly sample: (times: number) => number | Promise<number>
  /** How often at most in one sample, for work that piles something up. */
  readonly most?: number
}

export interface Effort {
  readonly rounds: number
  /** How long one sample should last at least, in ms. */
  readonly sample: number
}

/** Of one repetition, in ms. */
export interface Times {
  readonly best: number
  readonly median: number
}

export async function compare(
  contenders: readonly Contender[],
  effort: Effort,
): Promise<ReadonlyMap<string, Times>> {
  const entries: { contender: Contender; times: number; samples: number[] }[] = []
  for (const contender of contenders) {
    entries.push({ contender, times: await repetitions(contender, effort.sample), samples: [] })
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const { contender, times, samples } of rotated(entries, round)) {
      samples.push((await contender.sample(times)) / times)
    }
  }
  return new Map(entries.map(({ contender, samples }) => [contender.name, timesOf(samples)]))
}

export interface Work {
  /** Not measured. */
  before?(times: number): unknown
  run(times: number): unknown
  /** Not measured. */
  after?(): unknown
}

export function timed(work: Work, clock: () => number = cpuTime): Contender['sample'] {
  return async times => {
    await work.before?.(times)
    const start = clock()
    const result = work.run(times)
    if (result instanceof Promise) await result
    const spent = clock() - start
    await work.after?.()
    return spent
  }
}

/** For work of other processes. In ms. */
export function wallTime(): number {
  return performance.now()
}

/** How often in one sample, found twice: on the way there the code gets warm. */
async function repetitions(contender: Contender, enough: number): Promise<number> {
  await grow(contender, enough)
  return grow(contender, enough)
}

async function grow({ sample, most = 1e7 }: Contender, enough: number): Promise<number> {
  for (let times = 1; ;) {
    const spent = await sample(times)
    if (spent >= enough || times >= most) return times
    times = Math.min(most, Math.ceil(times * Math.min(10, (1.2 * enough) / Math.max(spent, enough / 100))))
  }
}

/** Nobody always comes after the same one. */
function rotated<T>(entries: readonly T[], round: number): T[] {
  const first = round % entries.length
  return [...entries.slice(first), ...entries.slice(0, first)]
}

function timesOf(samples: readonly number[]): Times {
  const sorted = samples.toSorted((a, b) => a - b)
  return { best: sorted[0] as number, median: sorted[sorted.length >> 1] as number }
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
