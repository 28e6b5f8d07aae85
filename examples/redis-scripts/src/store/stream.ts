/** An append-only log of entries, each under an id `<milliseconds>-<sequence>`. */
export interface StreamEntry {
  readonly id: StreamId
  readonly fields: readonly string[]
}

export interface StreamId {
  readonly ms: number
  readonly seq: number
}

export class Stream {
  entries: StreamEntry[] = []
  /** Ids only grow, also when the newest entry was deleted. */
  last: StreamId = { ms: 0, seq: 0 }

  append(id: StreamId, fields: readonly string[]): void {
    this.entries.push({ id, fields })
    this.last = id
  }

  /** The id that `*` stands for. */
  nextId(now: number): StreamId {
    return now > this.last.ms ? { ms: now, seq: 0 } : { ms: this.last.ms, seq: this.last.seq + 1 }
  }
}

export const compareIds = (a: StreamId, b: StreamId): number => a.ms - b.ms || a.seq - b.seq

export const formatId = (id: StreamId): string => `${id.ms}-${id.seq}`
