import { holdBaseline } from './hold-baseline.ts'

await holdBaseline('fengari')
