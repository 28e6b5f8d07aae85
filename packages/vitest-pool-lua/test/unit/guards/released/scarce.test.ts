import { expect, test } from 'vitest'
import type { SeenDescriptor } from '../../../../src/guards/released/open-descriptors.ts'
import { isScarce, scarce } from '../../../../src/guards/released/scarce.ts'
import { descriptorLimit } from '../../../../src/guards/released/proc-fd.ts'
import { testName } from '../../samples.ts'

test('descriptors are scarce from four fifths of the limit on', () => {
  expect([isScarce(79, 100), isScarce(80, 100), isScarce(1_000_000, Infinity)]).toEqual([false, true, false])
})

function held(count: number, target: string, name: string | null): SeenDescriptor[] {
  const during = name === null ? null : testName(name)
  return Array.from({ length: count }, (_, number) => ({ number, target, test: during }))
}

test('that is told with who holds them, those that hold most first', () => {
  const seen = [
    ...held(2, 'socket:[1]', 'asks'),
    ...held(70, '/a/file', 'reads'),
    ...held(3, 'socket:[2]', 'reads'),
    ...held(4, 'pipe:[3]', null),
    ...held(1, '/b', 'writes'),
  ]
  expect(scarce(103, 128, seen, testName('reads'))).toEqual({
    kind: 'descriptor-left-open',
    descriptor: null,
    target: '',
    outcome: 'open',
    test: testName('reads'),
    at: null,
    text: '103 of at most 128 descriptors are open (ulimit -n); 73 were opened during "reads" (70 files, 3 sockets), 4 were opened outside of a test (4 pipes), 2 were opened during "asks" (2 sockets), others by 1 more',
  })
  expect(scarce(103, 128, [], null).text).toContain('none of them was opened by a test')
})

test.runIf(process.platform === 'linux')('the limit of this process is known', () => {
  expect(descriptorLimit()).toBeGreaterThan(0)
})
