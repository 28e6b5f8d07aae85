/**
 * From what the user wrote to settings that are whole and right, or one error
 * that lists everything wrong with them.
 *
 *     const settings = resolveSettings({ setup: './test/lua.setup.ts' }, project.config.root)
 */
import { resolve } from 'node:path'
import { PoolError } from '../errors.ts'
import type { DisposerSetting, RegistrySetting, Settings } from '../protocol/settings.ts'
import { allowances, severities } from './findings.ts'
import {
  bag,
  file,
  isPath,
  list,
  milliseconds,
  millisecondsOrNone,
  oneOf,
  patterns,
  text,
  wholeNumber,
} from './checks.ts'
import { limits } from './limits.ts'
import { Problems } from './problem.ts'
import type { Problem } from './problem.ts'
import { runtimeSettings } from './runtime.ts'

const FIELDS = {
  known: [
    'runtime',
    'scope',
    'setup',
    'packagePath',
    'packageCPath',
    'isolation',
    'afterDeath',
    'maxWorkerRestarts',
    'limits',
    'registries',
    'engines',
    'processes',
    'findings',
    'allow',
    'outputFile',
  ],
  later: ['specs'],
}

export interface Surroundings {
  /** Who was given the options. Default: the plugin. */
  readonly by?: 'lua' | 'luaPool'
  /** The root of the whole run, for the report and its path. Default: the project's. */
  readonly runRoot?: string
  /** What else is wrong, to be told with the rest. */
  readonly conflicts?: readonly Problem[]
}

/**
 * @param root the project's: paths of modules and of Lua files are relative to it
 * @throws PoolError `LUA_POOL_SETTINGS_INVALID`, whose message names each setting by its path
 */
export function resolveSettings(
  options: unknown,
  root: string,
  { by = 'lua', runRoot = root, conflicts = [] }: Surroundings = {},
): Settings {
  const problems = new Problems()
  const settings = read(options, root, runRoot, problems)
  problems.list.push(...conflicts)
  if (problems.list.length > 0) throw invalid(problems, by)
  return settings
}

function read(options: unknown, root: string, runRoot: string, problems: Problems): Settings {
  const given = bag(options, '', FIELDS, problems)
  oneOf(given.isolation, 'isolation', ['file'], problems, ['verified'])
  const { stateMemory, ...otherLimits } = limits(given.limits, problems)
  return {
    root,
    runRoot,
    ...runtimeSettings(given, stateMemory, root, problems),
    scope: oneOf(given.scope, 'scope', ['file', 'test'], problems) ?? 'file',
    setup: file(given.setup, 'setup', 'a module that exports a Lua setup', root, problems) ?? null,
    packagePath: patterns(given.packagePath, 'packagePath', 'lua/?.lua', root, problems) ?? null,
    afterDeath: oneOf(given.afterDeath, 'afterDeath', ['resume', 'skip'], problems) ?? 'resume',
    maxWorkerRestarts: wholeNumber(given.maxWorkerRestarts, 'maxWorkerRestarts', problems) ?? 4,
    ...otherLimits,
    registries: list(given.registries, 'registries', 'registries', problems).flatMap((one, index) =>
      registry(one, `registries[${index}]`, root, problems),
    ),
    engines: list(given.engines, 'engines', "'path#export'", problems).flatMap((one, index) =>
      disposer(one, `engines[${index}]`, root, problems),
    ),
    ...processes(given.processes, problems),
    findings: severities(given.findings, problems),
    allow: allowances(given.allow, problems),
    outputFile: outputFile(given.outputFile, runRoot, problems),
  }
}

function registry(value: unknown, at: string, root: string, problems: Problems): RegistrySetting[] {
  const [source, options, ...rest] = Array.isArray(value) ? (value as unknown[]) : [value]
  if (rest.length > 0) problems.wrong(at, value, 'a registry, or a pair of a registry and { to }')
  const to = oneOf(
    bag(options, at, { known: ['to'] }, problems).to,
    `${at}.to`,
    ['baseline', 'empty'],
    problems,
  )
  const found = registrySource(source, at, root, problems)
  return found === undefined ? [] : [{ source: found, to: to ?? 'baseline' }]
}

function registrySource(value: unknown, at: string, root: string, problems: Problems): string | undefined {
  const allowed = "'prom-client' or the path of a module that exports registries"
  if (typeof value !== 'string' || value === '') return problems.wrong(at, value, allowed)
  if (value === 'prom-client') return value
  if (value === 'mongoose') return problems.notYet(at, `Allowed is ${allowed}`)
  if (isPath(value)) return file(value, at, 'a module that exports registries', root, problems)
  return problems.wrong(at, value, `${allowed}; a path begins with './'`)
}

function disposer(value: unknown, at: string, root: string, problems: Problems): DisposerSetting[] {
  const given = text(value, at, "'path#export'", problems)
  if (given === undefined) return []
  const [path, exportName, ...rest] = given.split('#')
  if (!path || !exportName || rest.length > 0) {
    problems.wrong(at, given, "'path#export', like './src/db.ts#disposeAll'")
    return []
  }
  const found = file(path, at, 'a module of the project', root, problems)
  return found === undefined ? [] : [{ file: found, exportName }]
}

function processes(
  value: unknown,
  problems: Problems,
): Pick<Settings, 'tier' | 'processLimit' | 'termAfter'> {
  const given = bag(value, 'processes', { known: ['tier', 'timeout', 'termAfter'] }, problems)
  const standard = process.platform === 'linux' ? 'proc' : 'tree'
  const tier = oneOf(given.tier, 'processes.tier', ['proc', 'tree'], problems) ?? standard
  if (tier === 'proc' && process.platform !== 'linux') {
    problems.add('processes.tier', `'proc' reads /proc, which ${process.platform} has not; allowed is 'tree'`)
  }
  return {
    tier,
    // 0 is none, as in Vitest's timeouts.
    processLimit: millisecondsOrNone(given.timeout, 'processes.timeout', problems) || null,
    termAfter: milliseconds(given.termAfter, 'processes.termAfter', 0, problems) ?? 200,
  }
}

function outputFile(value: unknown, root: string, problems: Problems): string | null {
  const path = text(value, 'outputFile', 'the path of the JSON report', problems)
  return path === undefined ? null : resolve(root, path)
}

function invalid({ list: found }: Problems, by: string): PoolError {
  const lines = found.map(({ at, says }) => `  - ${at}: ${says}`)
  return new PoolError(
    'LUA_POOL_SETTINGS_INVALID',
    `The settings of ${by}() cannot be used. ${found.length === 1 ? 'One thing is' : `${found.length} things are`} wrong:\n${lines.join('\n')}\nMend them in your Vitest config, where it calls ${by}({ ... }); no worker was started.`,
  )
}
