import { fuzz } from './fuzz.ts'

await fuzz('luajit', { against: 'fengari' })
