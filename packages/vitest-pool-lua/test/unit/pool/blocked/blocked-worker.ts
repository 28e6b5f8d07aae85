/** A worker, as far as its place is concerned, that blocks in the way that its argument names. */
import { execSync } from 'node:child_process'
import { writeSync } from 'node:fs'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { putInForce } from '../../../../src/guards/in-force.ts'
import type { InForce } from '../../../../src/guards/in-force.ts'
import { offerBlockedPlace } from '../../../../src/worker/blocked-place.ts'
import { currentTest } from '../../samples.ts'

/** Not among the types of Node. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object
  Instance: new (module: object) => { exports: { f(): void } }
}

const WAYS: Record<string, () => unknown> = {
  'a loop': function loop() {
    for (;;);
  },
  'a recursion': function outer() {
    const inner = (depth: number): void => {
      for (;;) if (depth > 0) inner(depth - 1)
    }
    inner(3)
  },
  'promises without end': async function chain() {
    for (;;) await Promise.resolve()
  },
  'ticks without end': function chain() {
    const next = (): void => process.nextTick(next)
    next()
  },
  'a regular expression': function match() {
    return /^(a+)+$/.test(`${'a'.repeat(200)}b`)
  },
  'Atomics.wait': function wait() {
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
  WebAssembly: function enter() {
    const head = '0061736d01000000'
    // (func (export "f") (loop (br 0)))
    const code = '01040160000003020100070501016600000a0901070003400c000b0b'
    const module = new WebAssembly.Module(Buffer.from(head + code, 'hex'))
    new WebAssembly.Instance(module).exports.f()
  },
  execSync: function execute() {
    return execSync('sleep 100')
  },
  'its own SIGUSR1': function loop() {
    for (;;);
  },
  'a loop after output': function loop() {
    process.stderr.write('trouble\n')
    process.stderr.write('half a line, ')
    for (;;);
  },
}

offerBlockedPlace()
const clock = createTestClock(0)
putInForce({ clock } as InForce)
const [first, second] = [currentTest('waits'), currentTest('blocks')]
clock.open(first)
clock.open(second)
void clock.within(first, () => new Promise(() => {}))

const [, , way = ''] = process.argv
if (way === 'its own SIGUSR1') process.on('SIGUSR1', () => {})
setImmediate(() => {
  writeSync(1, 'now')
  clock.within(second, () => WAYS[way]?.())
})
