/** What a program of the system prints; empty where it fails or is missing. */
import { execFile } from 'node:child_process'

export function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise(resolve => void execFile(program, args, (_, stdout) => resolve(stdout)))
}
