import { fuzz } from './fuzz.ts'

await fuzz('lua5.1', { against: 'fengari' })
