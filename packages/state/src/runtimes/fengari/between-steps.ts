/** Whether fengari's interpreter itself was interrupted, between two instructions, and not a function that it calls. */
import { folder } from './binding.ts'

/** Of our own, and of what asks us. */
const framesAbove = 50

export function isBetweenSteps(): boolean {
  const innermost = callSites().find(site => site.getFileName()?.startsWith(folder))
  return innermost?.getFunctionName() === 'luaV_execute'
}

/** Past all that maps stacks to sources. */
function callSites(): NodeJS.CallSite[] {
  const before = { ...Error }
  try {
    Error.stackTraceLimit = framesAbove
    Error.prepareStackTrace = (_, sites) => sites
    const { stack } = new Error('here') as { stack?: unknown }
    return Array.isArray(stack) ? (stack as NodeJS.CallSite[]) : []
  } finally {
    Object.assign(Error, { prepareStackTrace: undefined }, before)
  }
}
