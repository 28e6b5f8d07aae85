import { holdBaseline } from './hold-baseline.ts'

await holdBaseline('lua5.3')
