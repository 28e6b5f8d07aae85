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

/** Entries after which memory is looked at. */
const oftenEnough = 1024

export class PlainCopies {
  readonly #machine: Machine
  readonly #push: (thread: Thread, value: unknown) => void
  #tables: Ref | undefined
  /** Numbers that are taken: copies can be made while another is (by a getter). */
  #taken = 0

  /** `push` is for whatever is not plain data. */
  constructor(machine: Machine, push: (thread: Thread, value: unknown) => void) {
    this.#machine = machine
    this.#push = push
  }

  push(thread: Thread, value: object): void {
    const machine = this.#machine
    const before = this.#taken
    machine.ensure(thread, 12)
    machine.pushTable(thread)
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

  /** Lists count from 1. */
  #fillList(copy: Copy, target: number, list: readonly unknown[]): void {
    for (let index = 0; index < list.length; index++) {
      if (index % oftenEnough === 0) this.#machine.ensure(copy.thread, 8)
      this.#setEntry(copy, target, index + 1, list[index])
    }
  }

  #fillRecord(copy: Copy, target: number, record: Readonly<Record<string, unknown>>): void {
    for (const name of Object.keys(record)) {
      this.#setEntry(copy, target, integerKeyOf(name) ?? name, record[name])
    }
  }

  #setEntry(copy: Copy, target: number, key: number | string, value: unknown): void {
    if (value === undefined || value === null) return
    const { thread } = copy
    if (typeof key === 'number') this.#machine.pushNumber(thread, key)
    else this.#push(thread, key)
    if (typeof value === 'object') this.#pushOnce(copy, value)
    else this.#push(thread, value)
    this.#machine.rawSet(thread, target)
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
    machine.pushTable(thread)
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

  #pushTables(thread: Thread): void {
    if (this.#tables !== undefined) return this.#machine.pushRef(thread, this.#tables)
    this.#machine.pushTable(thread)
    this.#tables = this.#machine.refAt(thread, -1)
  }
}

function isCopied(value: object): boolean {
  return handleOf(value) === undefined && !types.isProxy(value) && isPlain(value)
}
