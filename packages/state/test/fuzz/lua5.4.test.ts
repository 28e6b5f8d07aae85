import { fuzz } from './fuzz.ts'

await fuzz('lua5.4', { against: 'fengari' })
