/**
 * Agents, which keep connections: those of undici (agents, pools, clients) and those of node:http and node:https.
 *
 * The ones that the process has anyway (undici's global dispatcher, fetch's, http.globalAgent) are nobody's leak.
 */
import { watchMethod } from '../engine.ts'
import { has } from './emitters.ts'
import type { EmitterKind } from './emitters.ts'
import { byOtherPackages, call, either, read, text } from './kind.ts'
import type { EngineKind } from './kind.ts'

export const undici: EngineKind & EmitterKind = {
  fits: prototype => has(prototype, 'dispatch', 'close', 'destroy', 'closed', 'destroyed'),
  name: agent => `undici ${text(read(agent, 'constructor', 'name'), 'dispatcher')}`,
  key: () => null,
  isOpen: agent => read(agent, 'destroyed') !== true && read(agent, 'closed') !== true && !isGlobal(agent),
  dispose: agent => call(agent, 'destroy'),
  // One that undici opens for another, or for itself, ends with that; a package's own is its own affair.
  inner: either(/[\\/]undici[\\/]lib[\\/]|node:internal\/deps/, byOtherPackages('undici')),
  needsUser: true,
}

/** By what undici and fetch find it: https://github.com/nodejs/undici/blob/v7.16.0/lib/global.js */
function isGlobal(agent: object): boolean {
  return Object.getOwnPropertySymbols(globalThis)
    .filter(({ description }) => description?.startsWith('undici.globalDispatcher') === true)
    .some(symbol => Reflect.get(globalThis, symbol) === agent)
}

export const httpAgent: EngineKind & EmitterKind = {
  fits: prototype =>
    has(prototype, 'createConnection', 'addRequest', 'createSocket', 'keepSocketAlive', 'destroy'),
  name: agent => `${text(read(agent, 'protocol'), 'http:').replace(':', '')}.Agent`,
  key: () => null,
  begin: agent => void destroyed.set(agent, watchMethod(agent, 'destroy').called),
  // The connections that it waits for hold it.
  lives: agent => read(agent, 'keepAlive') !== true,
  // One that keeps no connections alive has nothing to end once its requests are done.
  isOpen: agent =>
    (read(agent, 'keepAlive') === true && destroyed.get(agent)?.() !== true) || holdsSockets(agent),
  dispose: agent => call(agent, 'destroy'),
  inner: either(/compileFor(?:Public|Internal)Loader|requireBuiltin/, byOtherPackages()),
  needsUser: true,
}

/** It has no state that says so. */
const destroyed = new WeakMap<object, () => boolean>()

function holdsSockets(agent: object): boolean {
  return ['sockets', 'freeSockets'].some(name => Object.keys(Object(read(agent, name))).length > 0)
}
