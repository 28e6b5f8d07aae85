import { addScenarios } from './add.ts'
import { delayScenarios } from './delay.ts'
import { finishScenarios } from './finish.ts'
import { flowScenarios } from './flow.ts'
import { removeScenarios } from './remove.ts'
import { retryScenarios } from './retry.ts'
import { scheduleScenarios } from './schedule.ts'
import type { Scenario } from '../scenario.ts'

export const scenarios: readonly Scenario[] = [
  ...addScenarios,
  ...finishScenarios,
  ...retryScenarios,
  ...delayScenarios,
  ...removeScenarios,
  ...flowScenarios,
  ...scheduleScenarios,
]
