/** Source text on its way into Lua: how chunks are named, compiled and run. */
import path from 'node:path'
import type { LuaFunction, LuaTable } from '../lua-values.ts'
import { allResults, type AllResults, type Thread } from '../machine/machine.ts'
import { decodeUtf8 } from '../values/strings.ts'
import type { Session } from './session.ts'

export type Source = string | Uint8Array

/** `return <expression>`. */
export function asExpression(expression: Source): Source {
  if (typeof expression === 'string') return `return ${expression}`
  return Buffer.concat([Buffer.from('return '), expression])
}

/** Lua names a chunk without a name by its text. */
export function nameOfSource(source: Source): string {
  return typeof source === 'string' ? source : decodeUtf8(source)
}

/** An absolute path is a file, `@path`; what begins with `@` or `=` is Lua's own notation. */
export function chunkNameOf(name: string): string {
  if (name.startsWith('@') || name.startsWith('=')) return name
  return path.isAbsolute(name) ? `@${name}` : `=${name}`
}

export function compile(session: Session, source: Source, chunkName: string): LuaFunction {
  return onStack(session, thread => {
    session.load(thread, session.encode(source), chunkName)
    return session.read(thread, -1) as LuaFunction
  })
}

export function execute(
  session: Session,
  source: Source,
  chunkName: string,
  args: readonly unknown[],
): unknown {
  return onStack(session, thread => {
    runChunk(session, thread, source, chunkName, args, 1)
    return session.read(thread, -1)
  })
}

export function executeAll(
  session: Session,
  source: Source,
  chunkName: string,
  args: readonly unknown[],
): unknown[] {
  return onStack(session, thread =>
    session.readTop(thread, runChunk(session, thread, source, chunkName, args, allResults)),
  )
}

export function globalsOf(session: Session): LuaTable {
  return onStack(session, thread => {
    session.machine.pushGlobals(thread)
    return session.read(thread, -1) as LuaTable
  })
}

function runChunk(
  session: Session,
  thread: Thread,
  source: Source,
  chunkName: string,
  args: readonly unknown[],
  wanted: 1 | AllResults,
): number {
  if (args.length > 8) session.machine.ensure(thread, args.length + 8)
  session.machine.pushHandler(thread)
  session.load(thread, session.encode(source), chunkName)
  for (const value of args) session.push(thread, value)
  return session.run(thread, args.length, wanted)
}

/** As a call into Lua: finalizers run in many things, and may close the state. */
export function onStack<T>(session: Session, body: (thread: Thread) => T): T {
  const thread = session.enter()
  const { base } = session
  try {
    return body(thread)
  } finally {
    session.leave(thread, base)
  }
}
