/**
 * Stacks that a reader can use: the frames of Lua first, as `at name (/abs/file.lua:12:1)`, so that a test
 * runner shows the Lua source; then the caller's, without those of this package and of the runtime.
 */
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** One Lua function that was active. */
export interface LuaFrame {
  /** The function's name where Lua knows one, else what it is. */
  readonly name: string
  /** Lua's chunk name: `@/abs/path` for a file, `=name`, or the source itself. */
  readonly source: string
  /** From 1; 0 or less where it is not known. */
  readonly line: number
}

/** A place in a JS file; line and column from 1. */
export interface Place {
  file: string
  line: number
  column: number
}

/** Frames; more are only taken where these do not reach the caller. */
const usualDepth = 50

/** Characters of a source that stands for its chunk's name. */
const longestShown = 45

/** Folders whose frames are ours: this package's code, and what an adapter adds. */
const hiddenFolders = new Set<string>()

hideFramesOf(path.dirname(fileURLToPath(import.meta.url)))

/** Adapters name the folder of their runtime once, when they are loaded. */
export function hideFramesOf(folder: string): void {
  hiddenFolders.add(slashed(folder))
  // Frames of ES modules bear a URL, in which a space is %20.
  hiddenFolders.add(pathToFileURL(folder).href)
}

export function composeStack(error: Error, frames: readonly LuaFrame[]): string {
  const head = `${error.name}: ${error.message}`
  return [head, ...frames.map(luaFrameLine), ...callerFrames(wholeStack())].join('\n')
}

/**
 * Where we were called from: the first frame outside this package and its runtimes, or undefined. The stack is
 * captured now and read when somebody asks, which costs a hundred times as much.
 */
export function captureCaller(): () => Place | undefined {
  const here = stackHere()
  let place: Place | undefined
  let read = false
  return () => {
    if (!read) place = firstPlace(here.stack ?? '')
    read = true
    return place
  }
}

/** Of an error that is raised deep inside the runtime (a deadline's) all shown frames may be the runtime's. */
function wholeStack(): string {
  const stack = stackHere().stack ?? ''
  return stack.split('\n').length > usualDepth ? (stackHere(Infinity).stack ?? '') : stack
}

/** Deep enough, mostly, to see behind our own frames and those of the runtime. */
function stackHere(depth = usualDepth): Error {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = depth
  const here = new Error('here')
  Error.stackTraceLimit = stackTraceLimit
  return here
}

function firstPlace(stack: string): Place | undefined {
  for (const line of callerFrames(stack)) {
    const place = placeOf(line)
    if (place !== undefined) return place
  }
  return undefined
}

/**
 * A chunk name as people read it: a file's path, the name that was given, or the source's first line, cut as Lua
 * cuts it in its messages, https://www.lua.org/source/5.3/lobject.c.html#luaO_chunkid
 */
export function chunkOf(source: string): string {
  if (source.startsWith('@') || source.startsWith('=')) return source.slice(1)
  const [first = ''] = source.split('\n', 1)
  const whole = first === source && source.length < longestShown
  return `[string "${whole ? source : `${first.slice(0, longestShown)}...`}"]`
}

function luaFrameLine({ name, source, line }: LuaFrame): string {
  const chunk = chunkOf(source)
  return source.startsWith('@') && path.isAbsolute(chunk)
    ? `    at ${name} (${chunk}:${Math.max(line, 1)}:1)`
    : `    at ${name} (${chunk}, line ${line})`
}

function callerFrames(stack: string): string[] {
  return stack.split('\n').filter(line => /^\s+at /.test(line) && !isHidden(line))
}

/** An error of somebody else that passed through this package shows who called, not us. */
export function hideOwnFrames(error: unknown): void {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return
  const lines = error.stack.split('\n')
  const others = lines.filter(line => !/^\s+at /.test(line) || !isHidden(line))
  if (others.length < lines.length) error.stack = others.join('\n')
}

function isHidden(line: string): boolean {
  const text = slashed(line)
  if (text.includes('(node:internal')) return true
  for (const folder of hiddenFolders) if (text.includes(`${folder}/`)) return true
  return false
}

function placeOf(line: string): Place | undefined {
  const found = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()\s][^()]*?):(\d+):(\d+)\)?$/.exec(line)
  const [, where, row, column] = found ?? []
  if (where === undefined || where.startsWith('node:')) return undefined
  const file = where.startsWith('file://') ? fileURLToPath(where) : where
  return { file, line: Number(row), column: Number(column) }
}

function slashed(text: string): string {
  return text.replaceAll('\\', '/')
}
