/**
 * Has hooks run again when a protected call of LuaJIT has caught an error.
 *
 * A `pcall` that began while a hook was active (FRAME_PCALLH) leaves it so: it takes the error for one in the hook. When
 * a call must end, that would let it go on after each error. So its frames are made those of other protected calls,
 * after which no hook is active. They lie on the stack of values, as `watch/jit-frames.ts` reads them.
 * https://github.com/LuaJIT/LuaJIT/blob/v2.1/src/lj_err.c, https://github.com/LuaJIT/LuaJIT/blob/v2.1/src/lj_frame.h
 */
import type { LuaPointer } from '../c-api/api.ts'
import type { Koffi } from './koffi.ts'
import { jitLinks, jitThread } from './watch/jit-frames.ts'

/** Of a thread that runs our hook, in builds with GC64. */
export function allowHooksAfterErrors(koffi: Koffi, L: LuaPointer): void {
  const thread = new BigUint64Array(koffi.view(BigInt(L), jitThread.size))
  const stack = thread[jitThread.stack / 8] as bigint
  const base = thread[jitThread.base / 8] as bigint
  const words = new BigUint64Array(koffi.view(stack, Number(base - stack)))
  for (let frame = words.length - 1; frame > 1;) {
    const link = words[frame] as bigint
    if ((link & 7n) === jitLinks.protectedInHook) words[frame] = (link & ~7n) | jitLinks.protected
    const slots = slotsToNext(koffi, link)
    if (slots <= 0) return
    frame -= slots
  }
}

function slotsToNext(koffi: Koffi, link: bigint): number {
  if ((link & 3n) !== jitLinks.instruction) return Number(link >> 3n)
  const [register = 0] = new Uint8Array(koffi.view(link - 3n, 1))
  return 2 + register
}
