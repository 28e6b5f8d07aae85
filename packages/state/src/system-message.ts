/** What `strerror` says of an error of Node's file system. */
import { getSystemErrorMap } from 'node:util'

/** Where Node's words are not those of `strerror`. */
const ownWords: Readonly<Record<string, string>> = {
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EISDIR: 'Is a directory',
  EXDEV: 'Invalid cross-device link',
}

/** 'No such file or directory'. */
export function systemMessage(error: unknown): string {
  const { code = '', errno, message } = error as NodeJS.ErrnoException
  if (Object.hasOwn(ownWords, code)) return ownWords[code] as string
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]
  return known === undefined ? message : `${known.charAt(0).toUpperCase()}${known.slice(1)}`
}
