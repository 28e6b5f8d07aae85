/** `vitest-pool-lua/reporter`: for configurations that list their reporters by module. */
export { LuaReporter as default, LuaReporter } from './report/reporter.ts'
export type { LuaReporterOptions } from './report/reporter.ts'
