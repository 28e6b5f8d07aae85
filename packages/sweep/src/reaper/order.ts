/** What the main process tells its reaper: a line of JSON each. */
import type { Brand } from '../brand.ts'
import type { Cookie } from '../cookie.ts'
import type { ProcessIdentity, Tier } from '../process.ts'

export type Order =
  | ({ readonly type: 'begin' } & Charge)
  /** It and what descends from it is swept, whatever it holds. */
  | { readonly type: 'watch'; readonly root: ProcessIdentity }
  /** It has ended, and what it left is being swept. */
  | { readonly type: 'ended'; readonly pid: number }
  /** It has ended, and what it left was swept. */
  | { readonly type: 'forget'; readonly pid: number }
  /** The main process has swept by itself. */
  | { readonly type: 'dismiss' }

/** What is to be done once the main process is gone. */
export interface Charge {
  /** Whatever holds it is ended. */
  readonly cookie: Cookie
  /** So is whatever has it. */
  readonly brand?: Brand
  /** Default: `proc` on Linux, `tree` elsewhere. */
  readonly tier?: Tier
  /** A process with this variable in its environment is left alone. */
  readonly exempting?: Cookie
  /** A folder that nobody needs any more then: it is removed. */
  readonly folder?: string
}

export function toLine(order: Order): string {
  return `${JSON.stringify(order)}\n`
}

/** A function that takes text as it comes and gives the orders in it; half a line waits for its other half. */
export function orderReader(): (text: string) => Order[] {
  let rest = ''
  return text => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    return lines.map(line => JSON.parse(line) as Order)
  }
}
