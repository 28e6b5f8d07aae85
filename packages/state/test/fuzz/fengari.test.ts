import { fuzz } from './fuzz.ts'

// The native runtime of the same version.
await fuzz('fengari', { against: 'lua5.3' })
