import { conformTo } from './conform.ts'

await conformTo('wasmoon')
