/**
 * Whether this process has ever started another, in whatever way and on whatever thread. Where it has not, nothing
 * descends from it and nothing has inherited its marks: there is nothing to look for, however many processes others
 * start.
 *
 * A child is in the list of the thread that started it until somebody has waited for it, and from then on its page
 * faults are in those of its parent's children (every program has some): so the lists are read first. Only a process
 * that ignores SIGCHLD, which Node never does, has children that nobody waits for.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
import { readdirSync } from 'node:fs'
import { readText } from './proc-files.ts'

const tasks = '/proc/self/task'

/** False only where that is certain: not every kernel has the lists (CONFIG_PROC_CHILDREN). */
export function hasForked(): boolean {
  return hasChildren() || hasWaited()
}

function hasChildren(): boolean {
  try {
    return readdirSync(tasks).some(thread => readText(`${tasks}/${thread}/children`) !== '')
  } catch {
    return true
  }
}

/** The eleventh field; the name, which is the second, may have spaces and parentheses in it. */
function hasWaited(): boolean {
  const text = readText('/proc/self/stat') ?? ''
  return text.slice(text.lastIndexOf(')') + 2).split(' ', 9)[8] !== '0'
}
