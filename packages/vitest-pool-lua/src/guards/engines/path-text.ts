/** A path as findings show it: short where it is inside of where the tests run. */
import { isAbsolute, relative } from 'node:path'

export function pathText(path: unknown): string {
  if (path instanceof URL) return pathText(decodeURIComponent(path.pathname))
  const given = Buffer.isBuffer(path) ? path.toString() : String(path)
  if (!isAbsolute(given)) return given
  const inside = relative(process.cwd(), given)
  return inside.startsWith('..') || isAbsolute(inside) || inside === '' ? given : inside
}
