/**
 * The processes that a project of this room has started: they have its tag in their command lines, which unlike an
 * environment no program clears by itself.
 *
 *     const tag = newTag()      // a number that `sleep` understands
 *     tagged(tag)               // who has it now
 */
import { readFileSync, readdirSync } from 'node:fs'

export interface Tagged {
  readonly pid: number
  readonly command: string
}

export function newTag(): string {
  return `4000.${process.pid}0${Date.now()}`
}

export function tagged(tag: string): readonly Tagged[] {
  return pidsOfMachine()
    .map(pid => ({ pid, command: commandOf(pid) }))
    .filter(({ command }) => command.includes(tag))
}

export function endTagged(tag: string): void {
  for (const { pid } of tagged(tag)) kill(pid)
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended since it was found.
  }
}

export function pidsOfMachine(): readonly number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger)
}

/** Empty where the process has ended. */
export function commandOf(pid: number): string {
  return read(pid, 'cmdline').replaceAll('\0', ' ').trim()
}

/** Undefined where the process has ended. */
export function parentOf(pid: number): number | undefined {
  const stat = read(pid, 'stat')
  return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
