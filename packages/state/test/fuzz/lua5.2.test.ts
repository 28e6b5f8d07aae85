import { fuzz } from './fuzz.ts'

await fuzz('lua5.2', { against: 'fengari' })
