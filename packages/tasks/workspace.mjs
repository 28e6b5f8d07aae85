/**
 * Where things are in this workspace, and how its commands run programs.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const artifacts = join(root, 'artifacts')

/** The packages that are published, in the order in which they depend on each other. */
export const published = ['state', 'sweep', 'vitest-pool-lua']

/** The version that package.json pins, so that there is one place to change it. */
export function pnpmVersion() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return packageManager
}

/** The workspace's own Node.js comes as an npm package; without one the machine's must do. */
export function nodePath() {
  const suffix = process.platform === 'win32' ? 'node.exe' : 'bin/node'
  const found = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]
    .map(name => join(root, 'node_modules', name, suffix))
    .find(path => existsSync(path))
  return found ?? process.execPath
}

/** Programs of the workspace come first, its Node.js among them. */
export function environment() {
  return { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) }
}

/** Runs a program in the workspace, with its output shown. @returns {number} its exit code */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (error) console.error(`${program} could not be run: ${error.message}`)
  return status ?? 1
}

/** The same for what must succeed before anything else makes sense. */
export function must(program, args, options) {
  const code = run(program, args, options)
  if (code === 0) return
  console.error(`\n${[program, ...args].join(' ')} ended with ${code}.`)
  process.exit(code)
}

export function vitest(args, options) {
  return run(nodePath(), [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...args], options)
}
