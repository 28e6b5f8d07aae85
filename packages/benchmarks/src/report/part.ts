/** What a report holds of one part of a suite, such as a runtime. */
import type { Row } from './row.ts'

export type Part =
  | { readonly name: string; readonly status: 'measured'; readonly rows: Row[] }
  | { readonly name: string; readonly status: 'missing' | 'failed'; readonly reason: string }
