/** The public surface: see README.md. */
export { type Brand, type Branding, type BrandingOptions, brandsOf, openBranding } from './brand.ts'
export { type Cookie } from './cookie.ts'
export { SweepError, type SweepErrorCode } from './errors.ts'
export { type Allow, type AllowPattern, type Exemption, type ExemptionOptions } from './exemptions.ts'
export { groupOfNewborn, groupOfThis } from './group.ts'
export { identityOf, isAlive } from './identity.ts'
export { type LookOptions, type LookedAt, cookieValues, look } from './look.ts'
export { type ForeignFunctions } from './own-limit.ts'
export {
  type ProcessGroup,
  type ProcessIdentity,
  type RunningProcess,
  type SweptProcess,
  type Tier,
} from './process.ts'
export {
  type SpawnLabel,
  type SpawnSite,
  type SpawnSiteOptions,
  type SpawnSites,
  recordSpawnSites,
} from './spawn-sites.ts'
export { type Reaper, type ReaperOptions, startReaper } from './reaper/client.ts'
export { type SweepOptions } from './options.ts'
export { type Sweeper, type SweepProblem, type SweepResult, createSweeper, sweep } from './sweep.ts'
export { type SweepTarget } from './target.ts'
export { type ProcessWatch, type SeenProcess, type WatchOptions, watchProcesses } from './watch.ts'
