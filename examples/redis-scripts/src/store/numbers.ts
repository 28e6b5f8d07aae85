/** Numbers as Redis reads and writes them. */
import { RedisError, notAnInteger } from '../redis-reply.ts'

export function parseInteger(text: string): number {
  if (!/^-?\d+$/.test(text)) throw notAnInteger()
  return Number(text)
}

export function parseFloatOr(text: string, error: () => RedisError): number {
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text)
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity
  const number = text.trim() === text && text !== '' ? Number(text) : Number.NaN
  if (Number.isNaN(number)) throw error()
  return number
}

/** As C's `%.17g`, which is how Redis writes scores and the numbers that a script passes. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan'
  if (Number.isInteger(value) && Math.abs(value) < 1e17) return String(value)
  const [digits = '', exponent] = value.toPrecision(17).split('e')
  const shortest = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return exponent === undefined ? shortest : `${shortest}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`
}
