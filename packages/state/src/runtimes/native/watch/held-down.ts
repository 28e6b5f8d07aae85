/** How long a hook is pressed at a time: Lua code may take it away at once. */
import type { WatchSide } from './board.ts'

/** In ms, and in looks, whichever is more. */
const pressFor = 0.2
const fewestLooks = 100

/** A look at a time, until it was long enough or the other thread waits. */
export function* heldDown(board: WatchSide): Generator<void> {
  const until = performance.now() + pressFor
  for (let looks = 0; looks < fewestLooks || performance.now() < until; looks++) {
    if (board.isAwaited()) return
    yield
  }
}
