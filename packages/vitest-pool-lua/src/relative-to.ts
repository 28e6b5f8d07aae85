/** How reports name files. */
import { isAbsolute, relative, sep } from 'node:path'

/** With '/' on every platform; a file outside of the root keeps its absolute path. */
export function relativeTo(root: string, file: string): string {
  const path = relative(root, file)
  const outside = isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`)
  return (outside ? file : path).split(sep).join('/')
}
