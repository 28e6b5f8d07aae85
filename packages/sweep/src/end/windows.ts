/** Placeholder */
export { endProcesses } from './posix.ts'
