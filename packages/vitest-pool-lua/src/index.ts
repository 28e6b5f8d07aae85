/** The public surface of `vitest-pool-lua`: what a Vitest configuration imports. */
export { lua, luaPool } from './plugin.ts'
export { PoolError } from './errors.ts'
export type { FileReport, TestCounts } from './protocol/file-report.ts'
export type { Finding, FindingKind, Place, Severity, TestName } from './protocol/finding.ts'
export type { Runtime } from './protocol/runtimes.ts'
export type { Allowance, LuaOptions, RegistryOption, RegistryTarget } from './protocol/settings.ts'
export type { JsonReport } from './report/json.ts'
