/**
 * Plain data on its way into Lua: arrays and plain objects become new tables, deep; cycles and sharing are kept.
 *
 * Table after table and not one inside the other, so that depth is no limit. Until all are filled, the inner ones lie
 * in a table of ours, by number. JS holds none of them: what Lua does not keep of a copy is garbage at once.
 */
import { types } from 'node:util'
import type { Machine, Ref, Thread } from '../machine/machine.ts'
import { handleOf } from './handles.ts'
import { integerKeyOf } from './keys.ts'
import { isPlain } from './plain.ts'

/** One copy on its way. */
interface Copy {
  readonly thread: Thread
  /** Where our table lies on the stack; the outermost table lies below it. */
  readonly tables: number
  /** Of the objects that were met so far, in their order; 0 is the outermost. */
  readonly numbers: Map<object, number>
}

/** Entries for which room is made at once: a sparse array is longer than what it holds. */
const mostReserved = 1024

const longList = 100_000

/** Entries after which memory is looked at. */
const oftenEnough = 1024

export class PlainCopies {
  readonly #machine: Machine
  readonly #push: (thread: Thread, value: unknown) => void
  readonly #namesAreText: boolean
  #tables: Ref | undefined
  /** Numbers that are taken: copies can be made while another is (by a getter). */
  #taken = 0

  /** `push` is for whatever is not plain data; `namesAreText` says that names go in as UTF-8. */
  constructor(machine: Machine, push: (thread: Thread, value: unknown) => void, namesAreText: boolean) {
    this.#machine = machine
    this.#namesAreText = namesAreText
    this.#push = push
  }

  push(thread: Thread, value: object): void {
    const machine = this.#machine
    const before = this.#taken
    machine.ensure(thread, 12)
    this.#pushTableFor(thread, value)
    const outermost = machine.top(thread)
    this.#pushTables(thread)
    const copy: Copy = { thread, tables: outermost + 1, numbers: new Map([[value, 0]]) }
    try {
      // What is put in while this runs comes last.
      for (const [source, number] of copy.numbers) this.#fill(copy, source, number)
    } finally {
      this.#release(copy, before)
    }
    machine.setTop(thread, outermost)
  }

  #fill(copy: Copy, source: object, number: number): void {
    const { thread, tables } = copy
    if (number > 0) this.#pushNumbered(copy, number)
    const target = number === 0 ? tables - 1 : tables + 1
    if (Array.isArray(source)) this.#fillList(copy, target, source)
    else this.#fillRecord(copy, target, source as Readonly<Record<string, unknown>>)
    this.#machine.setTop(thread, tables)
  }

  /** Lists count from 1. Of long ones with more holes than items the holes are passed over. */
  #fillList(copy: Copy, target: number, list: readonly unknown[]): void {
    if (list.length > longList) {
      const indices = Object.keys(list)
      if (indices.length * 2 < list.length) return this.#fillSparse(copy, target, list, indices)
    }
    for (let index = 0; index < list.length; index++) {
      if (index % oftenEnough === 0) this.#machine.ensure(copy.thread, 8)
      this.#setEntry(copy, target, index + 1, list[index])
    }
  }

  #fillSparse(copy: Copy, target: number, list: readonly unknown[], indices: readonly string[]): void {
    for (const index of indices) {
      const key = integerKeyOf(index)
      if (key !== undefined) this.#setEntry(copy, target, key + 1, list[key])
    }
  }

  #fillRecord(copy: Copy, target: number, record: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(record)) {
      const key = integerKeyOf(name)
      if (key !== undefined) this.#setEntry(copy, target, key, record[name])
      else if (this.#namesAreText) this.#setField(copy, target, name, record[name])
      else this.#setEntry(copy, target, name, record[name])
    }
  }

  #setField(copy: Copy, target: number, name: string, value: unknown): void {
    if (value === undefined || value === null) return
    this.#pushEntry(copy, value)
    this.#machine.setField(copy.thread, target, name)
  }

  #setEntry(copy: Copy, target: number, key: number | string, value: unknown): void {
    if (value === undefined || value === null) return
    if (typeof key === 'number') this.#machine.pushNumber(copy.thread, key)
    else this.#push(copy.thread, key)
    this.#pushEntry(copy, value)
    this.#machine.rawSet(copy.thread, target)
  }

  #pushEntry(copy: Copy, value: unknown): void {
    if (typeof value === 'object' && value !== null) this.#pushOnce(copy, value)
    else this.#push(copy.thread, value)
  }

  #pushOnce(copy: Copy, value: object): void {
    const number = copy.numbers.get(value)
    if (number === 0) this.#machine.pushValue(copy.thread, copy.tables - 1)
    else if (number !== undefined) this.#pushNumbered(copy, number)
    else if (isCopied(value)) this.#pushEmpty(copy, value)
    else this.#push(copy.thread, value)
  }

  #pushEmpty({ thread, tables, numbers }: Copy, value: object): void {
    const machine = this.#machine
    machine.ensure(thread, 8)
    const number = ++this.#taken
    numbers.set(value, number)
    this.#pushTableFor(thread, value)
    machine.pushNumber(thread, number)
    machine.pushValue(thread, -2)
    machine.rawSet(thread, tables)
  }

  #pushNumbered({ thread, tables }: Copy, number: number): void {
    this.#machine.pushNumber(thread, number)
    this.#machine.rawGet(thread, tables)
  }

  #release({ thread, tables }: Copy, before: number): void {
    const machine = this.#machine
    machine.setTop(thread, tables)
    for (; this.#taken > before; this.#taken--) {
      machine.pushNumber(thread, this.#taken)
      machine.pushNil(thread)
      machine.rawSet(thread, tables)
    }
  }

  #pushTableFor(thread: Thread, value: object): void {
    if (Array.isArray(value)) this.#machine.pushTable(thread, Math.min(value.length, mostReserved), 0)
    else this.#machine.pushTable(thread, 0, Math.min(Object.keys(value).length, mostReserved))
  }

  #pushTables(thread: Thread): void {
    if (this.#tables !== undefined) return this.#machine.pushRef(thread, this.#tables)
    this.#machine.pushTable(thread)
    this.#tables = this.#machine.refAt(thread, -1)
  }
}

function isCopied(value: object): boolean {
  return handleOf(value) === undefined && !types.isProxy(value) && isPlain(value)
}
