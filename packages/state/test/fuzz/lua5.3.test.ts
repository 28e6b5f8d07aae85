import { fuzz } from './fuzz.ts'

await fuzz('lua5.3', { against: 'fengari' })
