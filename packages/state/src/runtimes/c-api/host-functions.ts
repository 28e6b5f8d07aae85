/** What the shim asks of JS: the table `host` that its `install` is given. */
import { consoleStreams } from '../../console-streams.ts'
import { exitError } from '../../exit-error.ts'
import { findLuaFile, readLuaFile } from '../../lua-files.ts'
import type { Callback, Host, Machine, Thread, Trace } from '../../machine/machine.ts'
import type { CheckedOptions } from '../../options.ts'

export interface HostContext {
  readonly host: Host
  readonly loadedFiles: Set<string>
  /** Where Lua is that calls a function of the host. */
  readonly traceOf: (thread: Thread) => Trace
  /** Whether the runtime's own files know nothing of the console. */
  readonly writesPastConsole: boolean
  /** A C module is about to be loaded. */
  readonly beforeCModule: () => void
  readonly finalizersExist?: () => void
  /** The coroutine is the first argument. */
  readonly noteCoroutine?: (thread: Thread) => void
  readonly isEnding?: () => boolean
}

type HostValue = Callback | string | readonly string[] | undefined

export function pushHostFunctions(machine: Machine, options: CheckedOptions, context: HostContext): void {
  const { main } = machine
  machine.pushTable(main)
  for (const [name, value] of Object.entries(hostValues(machine, options, context))) {
    if (value === undefined) continue
    machine.pushText(main, name)
    pushHostValue(machine, value)
    machine.rawSet(main, -3)
  }
}

function hostValues(
  machine: Machine,
  options: CheckedOptions,
  context: HostContext,
): Record<string, HostValue> {
  const { finalizersExist, noteCoroutine, isEnding } = context
  return {
    ...fileFunctions(machine, context),
    print: thread => {
      const text = machine.textAt(thread, 1)
      context.host.onThread(thread, () => console.log(text))
      return 0
    },
    write: context.writesPastConsole ? write(machine) : undefined,
    exit: exit(machine, context),
    packagePath: joined(options.packagePath),
    packageCPath: joined(options.packageCPath),
    noInput: process.platform === 'win32' ? 'NUL' : '/dev/null',
    kept: options.libraries,
    finalizersExist: finalizersExist && (() => (finalizersExist(), 0)),
    noteCoroutine: noteCoroutine && (thread => (noteCoroutine(thread), 0)),
    isEnding: isEnding && (thread => (machine.pushBoolean(thread, isEnding()), 1)),
  }
}

function fileFunctions(machine: Machine, context: HostContext): Record<string, Callback> {
  const { host, loadedFiles, beforeCModule } = context
  return {
    readFile: thread => {
      const file = readLuaFile(machine.textAt(thread, 1))
      if ('message' in file) return pushRecord(machine, thread, file)
      loadedFiles.add(file.absolute)
      return pushRecord(machine, thread, { text: file.bytes, name: `@${file.absolute}` })
    },
    findFile: thread => {
      return pushRecord(machine, thread, findLuaFile(machine.textAt(thread, 1), machine.textAt(thread, 2)))
    },
    noteBroken: thread => {
      host.noteBrokenFile(machine.textAt(thread, 1), machine.textAt(thread, 2))
      return 0
    },
    beforeCModule: thread => {
      const named = machine.top(thread) > 0
      if (!named || findLuaFile(machine.textAt(thread, 1), machine.textAt(thread, 2)).found !== undefined)
        beforeCModule()
      return 0
    },
  }
}

/** Bytes, and whether they go to the stream for errors. */
function write(machine: Machine): Callback {
  return thread => {
    const stream = machine.booleanAt(thread, 2) ? consoleStreams.err() : consoleStreams.out()
    stream.write(Uint8Array.from(machine.bytesAt(thread, 1)))
    return 0
  }
}

/**
 * Never ends the process. The running call ends with a LuaError that Lua code can't catch, as an exit can't be
 * caught; its `value` is the exit code. The state can be used again afterwards.
 */
function exit(machine: Machine, { host, traceOf }: HostContext): Callback {
  return thread => {
    const code = Number(machine.numberAt(thread, 1))
    const error = exitError(code, traceOf(thread))
    host.abort(error)
    machine.startUnwinding(thread)
    throw error
  }
}

/** A callback gives Lua one value. */
function pushRecord(
  machine: Machine,
  thread: Thread,
  record: Readonly<Record<string, string | Uint8Array | undefined>>,
): number {
  machine.pushTable(thread)
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue
    machine.pushText(thread, key)
    if (typeof value === 'string') machine.pushText(thread, value)
    else machine.pushBytes(thread, value)
    machine.rawSet(thread, -3)
  }
  return 1
}

function pushHostValue(machine: Machine, value: Exclude<HostValue, undefined>): void {
  const { main } = machine
  if (typeof value === 'function') return machine.pushCallback(main, value)
  if (typeof value === 'string') return machine.pushText(main, value)
  machine.pushTable(main)
  for (const name of value) {
    machine.pushText(main, name)
    machine.pushBoolean(main, true)
    machine.rawSet(main, -3)
  }
}

function joined(patterns: readonly string[]): string {
  return patterns.map(pattern => `${pattern};`).join('')
}
