/** What is still open when the time is over: it is named, and ended where that is safe. */
import { closeSync } from 'node:fs'
import { basename } from 'node:path'
import type { DescriptorLeftOpen, Discovery, Place } from '../../protocol/finding.ts'
import { call, read } from '../engines/kind.ts'
import type { OpenSocket } from '../engines/open-sockets.ts'
import type { Opening } from '../engines/opening.ts'
import { pathText } from '../engines/path-text.ts'
import { peerOf } from '../engines/sockets.ts'
import type { OpenedDescriptor, Tracking } from '../engines/track.ts'
import type { SeenDescriptor } from './open-descriptors.ts'
import { targetOf } from './proc-fd.ts'

const close = closeSync

export function leftOpen(tracking: Tracking, seen: readonly SeenDescriptor[]): Discovery[] {
  const sockets = tracking.sockets.open()
  const ofSockets = new Set(sockets.map(({ socket }) => read(socket, '_handle', 'fd')))
  const others = seen
    .filter(({ number }) => !ofSockets.has(number))
    .map(one => descriptorLeftOpen(one, tracking.descriptors.get(one.number)))
  const alike = Map.groupBy(others, ({ target, outcome, test, at }) =>
    [target, outcome, test?.id, placeKey(at)].join(' '),
  )
  const found = onceEach(sockets).map(socketLeftOpen)
  for (const { socket } of sockets) call(socket, 'destroy')
  return [...found, ...[...alike.values()].flatMap(told)]
}

/** A connection within this process has both its ends here: it is told once, by the end that somebody opened. */
function onceEach(sockets: readonly OpenSocket[]): OpenSocket[] {
  const opened = sockets.filter(({ opening }) => opening !== null)
  const otherEnds = new Set(opened.map(({ socket }) => portsOf(socket, 'remotePort', 'localPort')))
  return sockets.filter(
    ({ socket, opening }) => opening !== null || !otherEnds.has(portsOf(socket, 'localPort', 'remotePort')),
  )
}

/** A pipe has none, and is like no other. */
function portsOf(socket: object, ...names: readonly string[]): string | object {
  const ports = names.map(name => read(socket, name))
  return ports.includes(undefined) ? socket : ports.join(' ')
}

function socketLeftOpen({ socket, opening, test }: OpenSocket): Discovery {
  const handle = `${opening === null ? 'connection from' : 'socket to'} ${peerOf(socket)}`
  return {
    kind: 'handle-left-open',
    handle,
    outcome: 'disposed',
    test,
    at: opening?.at() ?? null,
    text: `${handle} was left open and was disposed when the file ended`,
  }
}

type Left = Omit<DescriptorLeftOpen, 'kind' | 'text' | 'descriptor'> & { readonly descriptor: number }

function descriptorLeftOpen(seen: SeenDescriptor, opened: OpenedDescriptor | undefined): Left {
  const { number: descriptor } = seen
  const target = targetOf(descriptor) ?? seen.target
  const known = whoOpened(target, opened)
  return {
    descriptor,
    target,
    outcome: known !== undefined && isClosed(descriptor) ? 'closed' : 'open',
    test: known?.test ?? (target === seen.target ? seen.test : null),
    at: known?.at() ?? null,
  }
}

/** Those that one line opened in a loop are one finding. */
function told(alike: readonly Left[]): Discovery[] {
  const [first] = alike
  if (first === undefined) return []
  const { descriptor, target, outcome } = first
  const one = alike.length === 1
  const which = one ? `descriptor ${descriptor}` : `${alike.length} descriptors, from ${descriptor} on,`
  const was = one ? 'was' : 'were'
  const end =
    outcome === 'closed' ? `${was} closed when the file ended` : `${one ? 'ends' : 'end'} with the worker`
  const text = `${which} (${pathText(target)}) ${was} left open and ${end}`
  return [{ kind: 'descriptor-left-open', ...first, text }]
}

function placeKey(at: Place | null): string {
  return at === null ? '' : `${at.file}:${at.line}:${at.column}`
}

/** Its number may have been used again since: only what is still what was opened is known, and may be closed. */
export function whoOpened(target: string, opened: OpenedDescriptor | undefined): Opening | undefined {
  if (opened === undefined) return undefined
  return basename(target.replace(/ \(deleted\)$/, '')) === basename(opened.path) ? opened.opening : undefined
}

function isClosed(descriptor: number): boolean {
  try {
    close(descriptor)
    return true
  } catch {
    return false
  }
}
