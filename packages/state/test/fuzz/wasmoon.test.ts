import { fuzz } from './fuzz.ts'

await fuzz('wasmoon', { against: 'fengari' })
