/**
 * The part of the matrix that every change must pass: every moment on both releases of Vitest, every death at least
 * twice.
 */
import { cellNamed } from '../src/cell.ts'
import type { Cell } from '../src/cell.ts'

const ON_5_1: Readonly<Record<string, readonly string[]>> = {
  import: ['SIGSEGV'],
  beforeAll: ['an endless loop in JavaScript'],
  beforeEach: ['process.abort()'],
  'the first test': ["V8's heap limit"],
  'the middle test': ['SIGKILL', 'an endless loop that LuaJIT has compiled'],
  'concurrent tests': ['an endless loop in Lua'],
  'the last test': ['a null pointer'],
  afterEach: ['process.exit(3)'],
  afterAll: ['process.reallyExit(0)'],
  "the file's afterAll": ['a native stack overflow'],
  '0 ms after the last test': ['SIGSEGV'],
  '30 ms after the last test': ['process.exit(0)'],
  '0 ms after the last hook': ['a null pointer'],
  '30 ms after the last hook': ['a null pointer'],
  __gc: ['a null pointer'],
  teardown: ['an endless loop that LuaJIT has compiled', 'process.exit(3)'],
  SIGTERM: ['a null pointer'],
  'an exit handler': ['SIGKILL'],
}

const ON_4_1: Readonly<Record<string, readonly string[]>> = {
  import: ['an endless loop in Lua'],
  beforeAll: ['process.exit(0)'],
  beforeEach: ['a native stack overflow'],
  'the first test': ['process.reallyExit(0)'],
  'the middle test': ["V8's heap limit", 'process.exit(0)'],
  'concurrent tests': ['a null pointer'],
  'the last test': ['an endless loop that LuaJIT has compiled'],
  afterEach: ['SIGKILL'],
  afterAll: ['an endless loop in JavaScript'],
  "the file's afterAll": ['process.exit(3)'],
  '0 ms after the last test': ['process.abort()'],
  '30 ms after the last test': ['SIGKILL'],
  '0 ms after the last hook': ['a null pointer'],
  '30 ms after the last hook': ['process.abort()'],
  __gc: ['a null pointer', 'SIGSEGV'],
  teardown: ['a null pointer'],
  SIGTERM: ['an endless loop in JavaScript'],
  'an exit handler': ['a null pointer'],
}

export const SAMPLE: readonly { readonly vitest: string; readonly cells: readonly Cell[] }[] = [
  { vitest: '5.1', cells: cellsIn(ON_5_1) },
  { vitest: '4.1', cells: cellsIn(ON_4_1) },
]

function cellsIn(byMoment: Readonly<Record<string, readonly string[]>>): readonly Cell[] {
  return Object.entries(byMoment).flatMap(([moment, deaths]) => deaths.map(death => cellNamed(death, moment)))
}
