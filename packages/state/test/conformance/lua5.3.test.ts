import { conformTo } from './conform.ts'

await conformTo('lua5.3')
