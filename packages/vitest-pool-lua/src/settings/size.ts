/**
 * Sizes, read like Vitest's `vmMemoryLimit`: bytes, or a text with a unit, or a part of the machine's memory.
 *
 *     256_000_000   '256MB'   '244MiB'   '0.5GB'   '10%'   0.1
 *
 * https://vitest.dev/config/vmmemorylimit
 */
import { totalmem } from 'node:os'
import type { Problems } from './problem.ts'

const UNITS: Readonly<Record<string, number>> = {
  k: 1e3,
  kb: 1e3,
  kib: 1024,
  m: 1e6,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1e9,
  gb: 1e9,
  gib: 1024 ** 3,
}

/** In bytes. */
export function size(value: unknown, at: string, problems: Problems): number | undefined {
  if (value === undefined) return undefined
  const bytes = typeof value === 'string' ? read(value) : typeof value === 'number' ? ofNumber(value) : 0
  if (Number.isFinite(bytes) && bytes >= 1) return Math.floor(bytes)
  return problems.wrong(
    at,
    value,
    "a size such as '256MB', '10%' of the machine's memory, or a number of bytes",
  )
}

/** Up to 1 it is a part of the machine's memory. */
function ofNumber(value: number): number {
  return value <= 1 ? value * totalmem() : value
}

function read(text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*|%)$/i.exec(text) ?? []
  if (digits === undefined) return Number.NaN
  const number = Number(digits)
  if (unit === '') return ofNumber(number)
  if (unit === '%') return (number / 100) * totalmem()
  return number * (UNITS[unit.toLowerCase()] ?? Number.NaN)
}
