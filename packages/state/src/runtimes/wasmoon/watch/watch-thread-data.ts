/** What the watch thread is given at its start, and what it publishes. */
export interface WatchThreadData {
  /** Of `WatchedCalls`. */
  readonly shared: SharedArrayBuffer
  /** The name of the channel to which it publishes interruptions, several at a time. */
  readonly channel: string
}

export interface Interruption {
  /** Calls that run are numbered, the outermost is 0. */
  readonly call: number
  /** Once for a call: it goes on although it was interrupted before. */
  readonly isStuck: boolean
}
