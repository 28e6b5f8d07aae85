/** What the watch thread is given at its start. */
export interface WatchThreadData {
  /** Of `WatchedCalls`. */
  readonly shared: SharedArrayBuffer
  /** The name of the channel to which it publishes the number of a call. */
  readonly channel: string
}
