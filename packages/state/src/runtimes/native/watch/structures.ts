/**
 * The parts of Lua's structures that say which coroutine runs and where it is, on platforms with 64 bits. They are the
 * same in all releases of a version so far; `hook-fields.ts` and `frame-fields.ts` try them before they are used.
 * https://www.lua.org/source/5.4/lstate.h.html#lua_State, https://www.lua.org/source/5.4/lobject.h.html#Proto
 */
import type { Dialect } from '../../c-api/api.ts'
import type { PucFrameFields, Structures } from './watched-runtime.ts'

const since52 = { state: 24, call: 32, function: 0, threadTag: 0x48, luaFunctionTag: 0x46, upvalue: 32 }

export const structures: Record<Dialect['version'], Structures> = {
  '5.1': { state: 32, call: 40, function: 8, threadTag: 8, isC: 10, upvalue: 40 },
  '5.2': since52,
  '5.3': since52,
  '5.4': { ...since52, trap: 40 },
}

export const frameFields: Record<Dialect['version'], PucFrameFields> = {
  '5.1': {
    kind: 'puc',
    structures: structures['5.1'],
    calls: { kind: 'array', size: 40, first: 80, running: 48 },
    next: 24,
    prototype: 32,
    prototypeType: 9,
    code: 24,
    lines: { kind: 'whole', at: 40 },
    source: 64,
    firstLine: 96,
  },
  '5.2': {
    kind: 'puc',
    structures: structures['5.2'],
    calls: { kind: 'linked', caller: 16 },
    next: 56,
    prototype: 24,
    prototypeType: 9,
    code: 24,
    lines: { kind: 'whole', at: 40 },
    source: 72,
    firstLine: 104,
  },
  '5.3': {
    kind: 'puc',
    structures: structures['5.3'],
    calls: { kind: 'linked', caller: 16 },
    next: 40,
    prototype: 24,
    prototypeType: 9,
    code: 56,
    lines: { kind: 'whole', at: 72 },
    source: 104,
    firstLine: 40,
  },
  '5.4': {
    kind: 'puc',
    structures: structures['5.4'],
    calls: { kind: 'linked', caller: 16 },
    next: 32,
    prototype: 24,
    prototypeType: 10,
    code: 64,
    lines: { kind: 'steps', at: 88, marks: 96, markCount: 40 },
    source: 112,
    firstLine: 44,
  },
}
